BEGIN TRANSACTION;
CREATE TABLE accounts (
        name TEXT PRIMARY KEY,
        calls INTEGER NOT NULL,
        tokens INTEGER NOT NULL,
        usd DOUBLE PRECISION NOT NULL,
        seconds DOUBLE PRECISION NOT NULL,
        unsettled INTEGER NOT NULL,
        beyond INTEGER NOT NULL
    );
CREATE TABLE attempts (
        run TEXT NOT NULL,
        call TEXT NOT NULL,
        position INTEGER NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (run, call, position)
    );
CREATE TABLE blob_uses (run TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (run, digest));
INSERT INTO "blob_uses" VALUES('r','861169d8971fb82fe8a40ff24fa3548985b02db34dda3add545d4efc8bbf5c2b');
INSERT INTO "blob_uses" VALUES('r','3ee8395546e1aef91a02b49188a5d8e41d988bd38b2c037e23302ef39c841b92');
CREATE TABLE blobs (digest TEXT PRIMARY KEY, bytes BLOB NOT NULL);
INSERT INTO "blobs" VALUES('861169d8971fb82fe8a40ff24fa3548985b02db34dda3add545d4efc8bbf5c2b',X'7B22626C75657072696E74223A207B226E616D65223A2022746F79222C20227469746C65223A2022546F79207265706F7274222C202273656374696F6E73223A205B7B226964223A2022686569676874222C20227469746C65223A2022486569676874222C20226166746572223A205B5D7D2C207B226964223A20227961726473222C20227469746C65223A20225961726473222C20226166746572223A205B5D7D2C207B226964223A20227061726B696E67222C20227469746C65223A20225061726B696E67222C20226166746572223A205B22686569676874222C20227961726473225D7D5D7D2C20227469746C65223A20224120746F79207265706F7274222C20226661637473223A207B7D2C2022736F7572636573223A205B7B226E616D65223A2022636F64652E6D64222C202274657874223A202223205A6F6E696E6720636F64655C6E5C6E232320312E3031204865696768745C6E5C6E54686520686569676874206F662061206275696C64696E67207368616C6C206E6F742065786365656420343020666565742E5C6E5C6E232320312E30322059617264735C6E5C6E5468652066726F6E742079617264207368616C6C206265206174206C65617374203230206665657420646565702E5C6E5C6E232320312E3033205061726B696E675C6E5C6E4F6E65207061726B696E6720737061636520697320726571756972656420666F72206561636820323530207371756172652066656574206F6620666C6F6F7220617265612E5C6E227D5D2C20226F7074696F6E73223A207B22617070726F7665223A205B2273656374696F6E3A686569676874225D2C20226D61785F726F756E6473223A20322C2022627564676574223A207B7D7D7D');
INSERT INTO "blobs" VALUES('3ee8395546e1aef91a02b49188a5d8e41d988bd38b2c037e23302ef39c841b92',X'23205A6F6E696E6720636F64650A0A232320312E3031204865696768740A0A54686520686569676874206F662061206275696C64696E67207368616C6C206E6F742065786365656420343020666565742E0A0A232320312E30322059617264730A0A5468652066726F6E742079617264207368616C6C206265206174206C65617374203230206665657420646565702E0A0A232320312E3033205061726B696E670A0A4F6E65207061726B696E6720737061636520697320726571756972656420666F72206561636820323530207371756172652066656574206F6620666C6F6F7220617265612E0A');
CREATE TABLE events (
        run TEXT NOT NULL,
        n INTEGER NOT NULL,
        id TEXT NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (run, n),
        UNIQUE (run, id)
    );
INSERT INTO "events" VALUES('r',1,'document/1.0/document.0@e3b0c442','{"n": 1, "id": "document/1.0/document.0@e3b0c442", "type": "DocumentRequested", "at": "2026-11-25T22:33:35.355Z", "section": null, "epoch": 1, "round": 0, "agent": "document", "cause": null, "data": {"title": "A toy report", "blueprint": {"name": "toy", "title": "Toy report", "description": "", "facts": {}, "agents": [], "rules": [], "sections": [{"id": "height", "title": "Height", "instructions": "", "after": [], "kind": "prose", "sources": [], "words": null, "rules": null, "agents": null, "model": null, "when": null, "wait_failed": "stop", "compute": null}, {"id": "yards", "title": "Yards", "instructions": "", "after": [], "kind": "prose", "sources": [], "words": null, "rules": null, "agents": null, "model": null, "when": null, "wait_failed": "stop", "compute": null}, {"id": "parking", "title": "Parking", "instructions": "", "after": ["height", "yards"], "kind": "prose", "sources": [], "words": null, "rules": null, "agents": null, "model": null, "when": null, "wait_failed": "stop", "compute": null}]}, "facts": {}, "sources": [{"name": "code.md", "hash": "3ee8395546e1aef91a02b49188a5d8e41d988bd38b2c037e23302ef39c841b92"}], "options": {"approve": ["section:height"], "max_rounds": 2, "budget": {}}}, "sum": "bbc86ea8512b2720"}');
INSERT INTO "events" VALUES('r',2,'height/1.0/planner.0@c53a3779','{"n": 2, "id": "height/1.0/planner.0@c53a3779", "type": "SectionPlanned", "at": "2026-11-25T22:33:35.381Z", "section": "height", "epoch": 1, "round": 0, "agent": "planner", "cause": "document/1.0/document.0@e3b0c442", "data": {"spec": {"id": "height", "title": "Height", "instructions": "", "after": [], "kind": "prose", "sources": [], "words": null, "rules": null, "agents": null, "model": null, "when": null, "wait_failed": "stop", "compute": null}, "position": 0, "priority": 600, "need": {}}, "sum": "87b529b77678a1af"}');
INSERT INTO "events" VALUES('r',3,'yards/1.0/planner.1@c53a3779','{"n": 3, "id": "yards/1.0/planner.1@c53a3779", "type": "SectionPlanned", "at": "2026-11-25T22:33:35.381Z", "section": "yards", "epoch": 1, "round": 0, "agent": "planner", "cause": "document/1.0/document.0@e3b0c442", "data": {"spec": {"id": "yards", "title": "Yards", "instructions": "", "after": [], "kind": "prose", "sources": [], "words": null, "rules": null, "agents": null, "model": null, "when": null, "wait_failed": "stop", "compute": null}, "position": 1, "priority": 600, "need": {}}, "sum": "a129e4c755cd45f9"}');
INSERT INTO "events" VALUES('r',4,'parking/1.0/planner.2@c53a3779','{"n": 4, "id": "parking/1.0/planner.2@c53a3779", "type": "SectionPlanned", "at": "2026-11-25T22:33:35.381Z", "section": "parking", "epoch": 1, "round": 0, "agent": "planner", "cause": "document/1.0/document.0@e3b0c442", "data": {"spec": {"id": "parking", "title": "Parking", "instructions": "", "after": ["height", "yards"], "kind": "prose", "sources": [], "words": null, "rules": null, "agents": null, "model": null, "when": null, "wait_failed": "stop", "compute": null}, "position": 2, "priority": 300, "need": {}}, "sum": "758ca3405a48647c"}');
INSERT INTO "events" VALUES('r',5,'height/1.0/section.0@0d252011','{"n": 5, "id": "height/1.0/section.0@0d252011", "type": "SectionOpened", "at": "2026-11-25T22:33:35.408Z", "section": "height", "epoch": 1, "round": 0, "agent": "section", "cause": "height/1.0/planner.0@c53a3779", "data": {"inputs": {}, "findings": [], "changes": [], "spec": null}, "sum": "8a9f2c4b6d0cd997"}');
INSERT INTO "events" VALUES('r',6,'yards/1.0/section.0@673cbf12','{"n": 6, "id": "yards/1.0/section.0@673cbf12", "type": "SectionOpened", "at": "2026-11-25T22:33:35.408Z", "section": "yards", "epoch": 1, "round": 0, "agent": "section", "cause": "yards/1.0/planner.1@c53a3779", "data": {"inputs": {}, "findings": [], "changes": [], "spec": null}, "sum": "80f1d098bdb85ef5"}');
INSERT INTO "events" VALUES('r',7,'height/1.0/researcher.0@a0d564aa','{"n": 7, "id": "height/1.0/researcher.0@a0d564aa", "type": "EvidenceGathered", "at": "2026-11-25T22:33:35.453Z", "section": "height", "epoch": 1, "round": 0, "agent": "researcher", "cause": "height/1.0/section.0@0d252011", "data": {"evidence": [{"source": "code.md", "address": "§ 1.01, line 5", "quote": "The height of a building shall not exceed 40 feet.", "hash": "3ee8395546e1aef91a02b49188a5d8e41d988bd38b2c037e23302ef39c841b92"}], "answers": null}, "sum": "2ea9a306e6bb6e1d"}');
INSERT INTO "events" VALUES('r',8,'yards/1.0/researcher.0@4a975b23','{"n": 8, "id": "yards/1.0/researcher.0@4a975b23", "type": "EvidenceGathered", "at": "2026-11-25T22:33:35.463Z", "section": "yards", "epoch": 1, "round": 0, "agent": "researcher", "cause": "yards/1.0/section.0@673cbf12", "data": {"evidence": [{"source": "code.md", "address": "§ 1.02, line 9", "quote": "The front yard shall be at least 20 feet deep.", "hash": "3ee8395546e1aef91a02b49188a5d8e41d988bd38b2c037e23302ef39c841b92"}], "answers": null}, "sum": "e53cde04123b3ca5"}');
INSERT INTO "events" VALUES('r',9,'height/1.1/writer.0@9509dc4e','{"n": 9, "id": "height/1.1/writer.0@9509dc4e", "type": "SectionDrafted", "at": "2026-11-25T22:33:35.503Z", "section": "height", "epoch": 1, "round": 1, "agent": "writer", "cause": "height/1.0/researcher.0@a0d564aa", "data": {"content": {"blocks": [{"kind": "paragraph", "claims": [{"text": "The height of a building shall not exceed 40 feet.", "basis": "source", "evidence": [{"source": "code.md", "address": "§ 1.01, line 5", "quote": "The height of a building shall not exceed 40 feet.", "hash": "3ee8395546e1aef91a02b49188a5d8e41d988bd38b2c037e23302ef39c841b92"}]}]}], "values": {}, "open_questions": []}, "digest": "0de53fa6867a55552719539ded0157bad3857b12fb6f95c1aed8a17e3f856095", "words": 10, "model": null}, "sum": "7d10338ef821e5fd"}');
INSERT INTO "events" VALUES('r',10,'yards/1.1/writer.0@efd2c159','{"n": 10, "id": "yards/1.1/writer.0@efd2c159", "type": "SectionDrafted", "at": "2026-11-25T22:33:35.511Z", "section": "yards", "epoch": 1, "round": 1, "agent": "writer", "cause": "yards/1.0/researcher.0@4a975b23", "data": {"content": {"blocks": [{"kind": "paragraph", "claims": [{"text": "The front yard shall be at least 20 feet deep.", "basis": "source", "evidence": [{"source": "code.md", "address": "§ 1.02, line 9", "quote": "The front yard shall be at least 20 feet deep.", "hash": "3ee8395546e1aef91a02b49188a5d8e41d988bd38b2c037e23302ef39c841b92"}]}]}], "values": {}, "open_questions": []}, "digest": "64dcda381797eb60d398f93b5c31c7df97ffc614afba9a46cfeeb2854e81c223", "words": 10, "model": null}, "sum": "142975da6fd98af5"}');
INSERT INTO "events" VALUES('r',11,'height/1.1/reviewer.0@64a48fc4','{"n": 11, "id": "height/1.1/reviewer.0@64a48fc4", "type": "SectionReviewed", "at": "2026-11-25T22:33:35.520Z", "section": "height", "epoch": 1, "round": 1, "agent": "reviewer", "cause": "height/1.1/writer.0@9509dc4e", "data": {"blocks": false, "findings": [], "grade": 5}, "sum": "87d2e51ca8f66f00"}');
INSERT INTO "events" VALUES('r',12,'yards/1.1/reviewer.0@ecc5cfd2','{"n": 12, "id": "yards/1.1/reviewer.0@ecc5cfd2", "type": "SectionReviewed", "at": "2026-11-25T22:33:35.531Z", "section": "yards", "epoch": 1, "round": 1, "agent": "reviewer", "cause": "yards/1.1/writer.0@efd2c159", "data": {"blocks": false, "findings": [], "grade": 5}, "sum": "c3cb813651924c8b"}');
INSERT INTO "events" VALUES('r',13,'height/1.1/compliance.0@64a48fc4','{"n": 13, "id": "height/1.1/compliance.0@64a48fc4", "type": "SectionChecked", "at": "2026-11-25T22:33:35.549Z", "section": "height", "epoch": 1, "round": 1, "agent": "compliance", "cause": "height/1.1/writer.0@9509dc4e", "data": {"blocks": false, "findings": [], "rules": []}, "sum": "33accc13fe81aeb9"}');
INSERT INTO "events" VALUES('r',14,'yards/1.1/compliance.0@ecc5cfd2','{"n": 14, "id": "yards/1.1/compliance.0@ecc5cfd2", "type": "SectionChecked", "at": "2026-11-25T22:33:35.550Z", "section": "yards", "epoch": 1, "round": 1, "agent": "compliance", "cause": "yards/1.1/writer.0@efd2c159", "data": {"blocks": false, "findings": [], "rules": []}, "sum": "8fbdfeb1f7a389ca"}');
INSERT INTO "events" VALUES('r',15,'height/1.1/arbiter.0@047d75f3','{"n": 15, "id": "height/1.1/arbiter.0@047d75f3", "type": "SectionSubmitted", "at": "2026-11-25T22:33:35.579Z", "section": "height", "epoch": 1, "round": 1, "agent": "arbiter", "cause": "height/1.1/reviewer.0@64a48fc4", "data": {"question": null, "text": "May the section “Height” stand as drafted?", "approval": {"content": {"blocks": [{"kind": "paragraph", "claims": [{"text": "The height of a building shall not exceed 40 feet.", "basis": "source", "evidence": [{"source": "code.md", "address": "§ 1.01, line 5", "quote": "The height of a building shall not exceed 40 feet.", "hash": "3ee8395546e1aef91a02b49188a5d8e41d988bd38b2c037e23302ef39c841b92"}]}]}], "values": {}, "open_questions": []}, "digest": "0de53fa6867a55552719539ded0157bad3857b12fb6f95c1aed8a17e3f856095", "words": 10, "rounds": 1, "findings": [], "missing": {}, "models": []}}, "sum": "9f2bc690e97f5f34"}');
INSERT INTO "events" VALUES('r',16,'yards/1.1/arbiter.0@356e569f','{"n": 16, "id": "yards/1.1/arbiter.0@356e569f", "type": "SectionApproved", "at": "2026-11-25T22:33:35.579Z", "section": "yards", "epoch": 1, "round": 1, "agent": "arbiter", "cause": "yards/1.1/reviewer.0@ecc5cfd2", "data": {"content": {"blocks": [{"kind": "paragraph", "claims": [{"text": "The front yard shall be at least 20 feet deep.", "basis": "source", "evidence": [{"source": "code.md", "address": "§ 1.02, line 9", "quote": "The front yard shall be at least 20 feet deep.", "hash": "3ee8395546e1aef91a02b49188a5d8e41d988bd38b2c037e23302ef39c841b92"}]}]}], "values": {}, "open_questions": []}, "digest": "64dcda381797eb60d398f93b5c31c7df97ffc614afba9a46cfeeb2854e81c223", "words": 10, "rounds": 1, "findings": [], "missing": {}, "models": []}, "sum": "63cab5ae17b5655e"}');
INSERT INTO "events" VALUES('r',17,'height/1.1/approval.0@d2b7e5f4','{"n": 17, "id": "height/1.1/approval.0@d2b7e5f4", "type": "SectionSubmitted", "at": "2026-11-25T22:33:35.589Z", "section": "height", "epoch": 1, "round": 1, "agent": "approval", "cause": "height/1.1/arbiter.0@047d75f3", "data": {"question": "section:height", "text": "May the section “Height” stand as drafted?", "approval": {"content": {"blocks": [{"kind": "paragraph", "claims": [{"text": "The height of a building shall not exceed 40 feet.", "basis": "source", "evidence": [{"source": "code.md", "address": "§ 1.01, line 5", "quote": "The height of a building shall not exceed 40 feet.", "hash": "3ee8395546e1aef91a02b49188a5d8e41d988bd38b2c037e23302ef39c841b92"}]}]}], "values": {}, "open_questions": []}, "digest": "0de53fa6867a55552719539ded0157bad3857b12fb6f95c1aed8a17e3f856095", "words": 10, "rounds": 1, "findings": [], "missing": {}, "models": []}}, "sum": "8c8bace841a02cee"}');
CREATE TABLE holds (
        id TEXT NOT NULL,
        account TEXT NOT NULL,
        run TEXT NOT NULL,
        calls INTEGER NOT NULL,
        tokens INTEGER NOT NULL,
        usd DOUBLE PRECISION NOT NULL,
        until DOUBLE PRECISION NOT NULL,
        PRIMARY KEY (id, account)
    );
CREATE TABLE idempotency (
    scope TEXT NOT NULL,
    key TEXT NOT NULL,
    asked TEXT NOT NULL,
    run TEXT NOT NULL,
    answer TEXT,
    at TEXT NOT NULL,
    PRIMARY KEY (scope, key)
);
CREATE TABLE quire (version INTEGER NOT NULL);
INSERT INTO "quire" VALUES(4);
CREATE TABLE runs (
        id TEXT PRIMARY KEY,
        tenant TEXT NOT NULL,
        status TEXT NOT NULL,
        brief TEXT NOT NULL,
        door TEXT NOT NULL,
        created TEXT NOT NULL,
        finished TEXT,
        format INTEGER NOT NULL,
        served INTEGER NOT NULL,
        leg INTEGER NOT NULL,
        token INTEGER NOT NULL DEFAULT 0,
        outside INTEGER NOT NULL DEFAULT 0
    );
INSERT INTO "runs" VALUES('r','local','waiting','861169d8971fb82fe8a40ff24fa3548985b02db34dda3add545d4efc8bbf5c2b','{"formats":["md"],"out":"/tmp/quire-golden-re5ss613/home/out","title":"A toy report"}','2026-11-25T22:33:35.323Z',NULL,1,0,0,1,0);
CREATE TABLE workers (name TEXT PRIMARY KEY, pid INTEGER NOT NULL, beat DOUBLE PRECISION NOT NULL);
CREATE INDEX runs_open ON runs (served, status)
        WHERE status NOT IN ('done', 'partial', 'failed', 'cancelled');
CREATE INDEX runs_of_tenant ON runs (tenant, created);
CREATE INDEX runs_over ON runs (finished, id) WHERE finished IS NOT NULL;
CREATE INDEX blob_uses_of_digest ON blob_uses (digest);
CREATE INDEX holds_by_account ON holds (account);
CREATE INDEX holds_by_run ON holds (run);
COMMIT;
