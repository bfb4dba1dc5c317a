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
INSERT INTO "blob_uses" VALUES('r','90a97569861baba9364f6c7400d1c93550694802e040eebfc733139bc6b5609d');
INSERT INTO "blob_uses" VALUES('r','3ee8395546e1aef91a02b49188a5d8e41d988bd38b2c037e23302ef39c841b92');
CREATE TABLE blobs (digest TEXT PRIMARY KEY, bytes BLOB NOT NULL);
INSERT INTO "blobs" VALUES('90a97569861baba9364f6c7400d1c93550694802e040eebfc733139bc6b5609d',X'7B22626C75657072696E74223A207B226E616D65223A2022746F79222C20227469746C65223A2022546F79207265706F7274222C202273656374696F6E73223A205B7B226964223A2022686569676874222C20227469746C65223A2022486569676874222C20226166746572223A205B5D7D2C207B226964223A20227961726473222C20227469746C65223A20225961726473222C20226166746572223A205B5D7D2C207B226964223A20227061726B696E67222C20227469746C65223A20225061726B696E67222C20226166746572223A205B22686569676874222C20227961726473225D7D5D7D2C20227469746C65223A20224120746F79207265706F7274222C20226661637473223A207B7D2C2022736F7572636573223A205B7B226E616D65223A2022636F64652E6D64222C202274657874223A202223205A6F6E696E6720636F64655C6E5C6E232320312E3031204865696768745C6E5C6E54686520686569676874206F662061206275696C64696E67207368616C6C206E6F742065786365656420343020666565742E5C6E5C6E232320312E30322059617264735C6E5C6E5468652066726F6E742079617264207368616C6C206265206174206C65617374203230206665657420646565702E5C6E5C6E232320312E3033205061726B696E675C6E5C6E4F6E65207061726B696E6720737061636520697320726571756972656420666F72206561636820323530207371756172652066656574206F6620666C6F6F7220617265612E5C6E227D5D2C20226F7074696F6E73223A207B22617070726F7665223A205B5D2C20226D61785F726F756E6473223A20322C2022627564676574223A207B7D7D7D');
INSERT INTO "blobs" VALUES('3ee8395546e1aef91a02b49188a5d8e41d988bd38b2c037e23302ef39c841b92',X'23205A6F6E696E6720636F64650A0A232320312E3031204865696768740A0A54686520686569676874206F662061206275696C64696E67207368616C6C206E6F742065786365656420343020666565742E0A0A232320312E30322059617264730A0A5468652066726F6E742079617264207368616C6C206265206174206C65617374203230206665657420646565702E0A0A232320312E3033205061726B696E670A0A4F6E65207061726B696E6720737061636520697320726571756972656420666F72206561636820323530207371756172652066656574206F6620666C6F6F7220617265612E0A');
CREATE TABLE events (
        run TEXT NOT NULL,
        n INTEGER NOT NULL,
        id TEXT NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (run, n),
        UNIQUE (run, id)
    );
INSERT INTO "events" VALUES('r',1,'document/1.0/document.0@e3b0c442','{"n": 1, "id": "document/1.0/document.0@e3b0c442", "type": "DocumentRequested", "at": "2026-11-25T22:34:15.603Z", "section": null, "epoch": 1, "round": 0, "agent": "document", "cause": null, "data": {"title": "A toy report", "blueprint": {"name": "toy", "title": "Toy report", "description": "", "facts": {}, "agents": [], "rules": [], "sections": [{"id": "height", "title": "Height", "instructions": "", "after": [], "kind": "prose", "sources": [], "words": null, "rules": null, "agents": null, "model": null, "when": null, "wait_failed": "stop", "compute": null}, {"id": "yards", "title": "Yards", "instructions": "", "after": [], "kind": "prose", "sources": [], "words": null, "rules": null, "agents": null, "model": null, "when": null, "wait_failed": "stop", "compute": null}, {"id": "parking", "title": "Parking", "instructions": "", "after": ["height", "yards"], "kind": "prose", "sources": [], "words": null, "rules": null, "agents": null, "model": null, "when": null, "wait_failed": "stop", "compute": null}]}, "facts": {}, "sources": [{"name": "code.md", "hash": "3ee8395546e1aef91a02b49188a5d8e41d988bd38b2c037e23302ef39c841b92"}], "options": {"approve": [], "max_rounds": 2, "budget": {}}}, "seal": "3c40bffa2ec09553"}');
INSERT INTO "events" VALUES('r',2,'height/1.0/planner.0@c53a3779','{"n": 2, "id": "height/1.0/planner.0@c53a3779", "type": "SectionPlanned", "at": "2026-11-25T22:34:15.626Z", "section": "height", "epoch": 1, "round": 0, "agent": "planner", "cause": "document/1.0/document.0@e3b0c442", "data": {"spec": {"id": "height", "title": "Height", "instructions": "", "after": [], "kind": "prose", "sources": [], "words": null, "rules": null, "agents": null, "model": null, "when": null, "wait_failed": "stop", "compute": null}, "position": 0, "priority": 600, "need": {}}, "seal": "ebdf8b309aab6ef2"}');
INSERT INTO "events" VALUES('r',3,'yards/1.0/planner.1@c53a3779','{"n": 3, "id": "yards/1.0/planner.1@c53a3779", "type": "SectionPlanned", "at": "2026-11-25T22:34:15.626Z", "section": "yards", "epoch": 1, "round": 0, "agent": "planner", "cause": "document/1.0/document.0@e3b0c442", "data": {"spec": {"id": "yards", "title": "Yards", "instructions": "", "after": [], "kind": "prose", "sources": [], "words": null, "rules": null, "agents": null, "model": null, "when": null, "wait_failed": "stop", "compute": null}, "position": 1, "priority": 600, "need": {}}, "seal": "8d775f6239dd5238"}');
INSERT INTO "events" VALUES('r',4,'parking/1.0/planner.2@c53a3779','{"n": 4, "id": "parking/1.0/planner.2@c53a3779", "type": "SectionPlanned", "at": "2026-11-25T22:34:15.626Z", "section": "parking", "epoch": 1, "round": 0, "agent": "planner", "cause": "document/1.0/document.0@e3b0c442", "data": {"spec": {"id": "parking", "title": "Parking", "instructions": "", "after": ["height", "yards"], "kind": "prose", "sources": [], "words": null, "rules": null, "agents": null, "model": null, "when": null, "wait_failed": "stop", "compute": null}, "position": 2, "priority": 300, "need": {}}, "seal": "d3b8733f581935bd"}');
INSERT INTO "events" VALUES('r',5,'height/1.0/section.0@0d252011','{"n": 5, "id": "height/1.0/section.0@0d252011", "type": "SectionOpened", "at": "2026-11-25T22:34:15.647Z", "section": "height", "epoch": 1, "round": 0, "agent": "section", "cause": "height/1.0/planner.0@c53a3779", "data": {"inputs": {}, "findings": [], "changes": [], "spec": null}, "seal": "25e3dce27127a49c"}');
INSERT INTO "events" VALUES('r',6,'yards/1.0/section.0@673cbf12','{"n": 6, "id": "yards/1.0/section.0@673cbf12", "type": "SectionOpened", "at": "2026-11-25T22:34:15.650Z", "section": "yards", "epoch": 1, "round": 0, "agent": "section", "cause": "yards/1.0/planner.1@c53a3779", "data": {"inputs": {}, "findings": [], "changes": [], "spec": null}, "seal": "e3d6942aacea31ee"}');
INSERT INTO "events" VALUES('r',7,'height/1.0/researcher.0@a0d564aa','{"n": 7, "id": "height/1.0/researcher.0@a0d564aa", "type": "EvidenceGathered", "at": "2026-11-25T22:34:15.679Z", "section": "height", "epoch": 1, "round": 0, "agent": "researcher", "cause": "height/1.0/section.0@0d252011", "data": {"evidence": [{"source": "code.md", "address": "§ 1.01, line 5", "quote": "The height of a building shall not exceed 40 feet.", "hash": "3ee8395546e1aef91a02b49188a5d8e41d988bd38b2c037e23302ef39c841b92"}], "answers": null}, "seal": "aca74d247f044221"}');
INSERT INTO "events" VALUES('r',8,'yards/1.0/researcher.0@4a975b23','{"n": 8, "id": "yards/1.0/researcher.0@4a975b23", "type": "EvidenceGathered", "at": "2026-11-25T22:34:15.685Z", "section": "yards", "epoch": 1, "round": 0, "agent": "researcher", "cause": "yards/1.0/section.0@673cbf12", "data": {"evidence": [{"source": "code.md", "address": "§ 1.02, line 9", "quote": "The front yard shall be at least 20 feet deep.", "hash": "3ee8395546e1aef91a02b49188a5d8e41d988bd38b2c037e23302ef39c841b92"}], "answers": null}, "seal": "fe2bb7629af61898"}');
INSERT INTO "events" VALUES('r',9,'height/1.1/writer.0@9509dc4e','{"n": 9, "id": "height/1.1/writer.0@9509dc4e", "type": "SectionDrafted", "at": "2026-11-25T22:34:15.718Z", "section": "height", "epoch": 1, "round": 1, "agent": "writer", "cause": "height/1.0/researcher.0@a0d564aa", "data": {"content": {"blocks": [{"kind": "paragraph", "claims": [{"text": "The height of a building shall not exceed 40 feet.", "basis": "source", "evidence": [{"source": "code.md", "address": "§ 1.01, line 5", "quote": "The height of a building shall not exceed 40 feet.", "hash": "3ee8395546e1aef91a02b49188a5d8e41d988bd38b2c037e23302ef39c841b92"}]}]}], "values": {}, "open_questions": []}, "digest": "0de53fa6867a55552719539ded0157bad3857b12fb6f95c1aed8a17e3f856095", "words": 10, "model": null}, "seal": "4c7b3991b06d29a9"}');
INSERT INTO "events" VALUES('r',10,'yards/1.1/writer.0@efd2c159','{"n": 10, "id": "yards/1.1/writer.0@efd2c159", "type": "SectionDrafted", "at": "2026-11-25T22:34:15.719Z", "section": "yards", "epoch": 1, "round": 1, "agent": "writer", "cause": "yards/1.0/researcher.0@4a975b23", "data": {"content": {"blocks": [{"kind": "paragraph", "claims": [{"text": "The front yard shall be at least 20 feet deep.", "basis": "source", "evidence": [{"source": "code.md", "address": "§ 1.02, line 9", "quote": "The front yard shall be at least 20 feet deep.", "hash": "3ee8395546e1aef91a02b49188a5d8e41d988bd38b2c037e23302ef39c841b92"}]}]}], "values": {}, "open_questions": []}, "digest": "64dcda381797eb60d398f93b5c31c7df97ffc614afba9a46cfeeb2854e81c223", "words": 10, "model": null}, "seal": "72771b81f66b24f4"}');
INSERT INTO "events" VALUES('r',11,'height/1.1/reviewer.0@64a48fc4','{"n": 11, "id": "height/1.1/reviewer.0@64a48fc4", "type": "SectionReviewed", "at": "2026-11-25T22:34:15.755Z", "section": "height", "epoch": 1, "round": 1, "agent": "reviewer", "cause": "height/1.1/writer.0@9509dc4e", "data": {"blocks": false, "findings": [], "grade": 5}, "seal": "10889f546778e811"}');
INSERT INTO "events" VALUES('r',12,'yards/1.1/reviewer.0@ecc5cfd2','{"n": 12, "id": "yards/1.1/reviewer.0@ecc5cfd2", "type": "SectionReviewed", "at": "2026-11-25T22:34:15.766Z", "section": "yards", "epoch": 1, "round": 1, "agent": "reviewer", "cause": "yards/1.1/writer.0@efd2c159", "data": {"blocks": false, "findings": [], "grade": 5}, "seal": "740ac03c005bc69c"}');
INSERT INTO "events" VALUES('r',13,'height/1.1/compliance.0@64a48fc4','{"n": 13, "id": "height/1.1/compliance.0@64a48fc4", "type": "SectionChecked", "at": "2026-11-25T22:34:15.766Z", "section": "height", "epoch": 1, "round": 1, "agent": "compliance", "cause": "height/1.1/writer.0@9509dc4e", "data": {"blocks": false, "findings": [], "rules": []}, "seal": "bec656cc25ec09aa"}');
INSERT INTO "events" VALUES('r',14,'yards/1.1/compliance.0@ecc5cfd2','{"n": 14, "id": "yards/1.1/compliance.0@ecc5cfd2", "type": "SectionChecked", "at": "2026-11-25T22:34:15.766Z", "section": "yards", "epoch": 1, "round": 1, "agent": "compliance", "cause": "yards/1.1/writer.0@efd2c159", "data": {"blocks": false, "findings": [], "rules": []}, "seal": "0bdd08c307c95b01"}');
INSERT INTO "events" VALUES('r',15,'yards/1.1/arbiter.0@356e569f','{"n": 15, "id": "yards/1.1/arbiter.0@356e569f", "type": "SectionApproved", "at": "2026-11-25T22:34:15.808Z", "section": "yards", "epoch": 1, "round": 1, "agent": "arbiter", "cause": "yards/1.1/reviewer.0@ecc5cfd2", "data": {"content": {"blocks": [{"kind": "paragraph", "claims": [{"text": "The front yard shall be at least 20 feet deep.", "basis": "source", "evidence": [{"source": "code.md", "address": "§ 1.02, line 9", "quote": "The front yard shall be at least 20 feet deep.", "hash": "3ee8395546e1aef91a02b49188a5d8e41d988bd38b2c037e23302ef39c841b92"}]}]}], "values": {}, "open_questions": []}, "digest": "64dcda381797eb60d398f93b5c31c7df97ffc614afba9a46cfeeb2854e81c223", "words": 10, "rounds": 1, "findings": [], "missing": {}, "models": []}, "seal": "a250373fdd383a3b"}');
INSERT INTO "events" VALUES('r',16,'height/1.1/arbiter.0@047d75f3','{"n": 16, "id": "height/1.1/arbiter.0@047d75f3", "type": "SectionApproved", "at": "2026-11-25T22:34:15.808Z", "section": "height", "epoch": 1, "round": 1, "agent": "arbiter", "cause": "height/1.1/reviewer.0@64a48fc4", "data": {"content": {"blocks": [{"kind": "paragraph", "claims": [{"text": "The height of a building shall not exceed 40 feet.", "basis": "source", "evidence": [{"source": "code.md", "address": "§ 1.01, line 5", "quote": "The height of a building shall not exceed 40 feet.", "hash": "3ee8395546e1aef91a02b49188a5d8e41d988bd38b2c037e23302ef39c841b92"}]}]}], "values": {}, "open_questions": []}, "digest": "0de53fa6867a55552719539ded0157bad3857b12fb6f95c1aed8a17e3f856095", "words": 10, "rounds": 1, "findings": [], "missing": {}, "models": []}, "seal": "5a2dd3d2098b335e"}');
INSERT INTO "events" VALUES('r',17,'parking/1.0/section.0@1b358b06','{"n": 17, "id": "parking/1.0/section.0@1b358b06", "type": "SectionOpened", "at": "2026-11-25T22:34:15.811Z", "section": "parking", "epoch": 1, "round": 0, "agent": "section", "cause": "parking/1.0/planner.2@c53a3779", "data": {"inputs": {"height": {"event": "height/1.1/arbiter.0@047d75f3", "epoch": 1, "digest": "0de53fa6867a55552719539ded0157bad3857b12fb6f95c1aed8a17e3f856095"}, "yards": {"event": "yards/1.1/arbiter.0@356e569f", "epoch": 1, "digest": "64dcda381797eb60d398f93b5c31c7df97ffc614afba9a46cfeeb2854e81c223"}}, "findings": [], "changes": [], "spec": null}, "seal": "fbebb77c62f80707"}');
INSERT INTO "events" VALUES('r',18,'parking/1.0/researcher.0@c259c613','{"n": 18, "id": "parking/1.0/researcher.0@c259c613", "type": "EvidenceGathered", "at": "2026-11-25T22:34:15.831Z", "section": "parking", "epoch": 1, "round": 0, "agent": "researcher", "cause": "parking/1.0/section.0@1b358b06", "data": {"evidence": [{"source": "code.md", "address": "§ 1.03, line 13", "quote": "One parking space is required for each 250 square feet of floor area.", "hash": "3ee8395546e1aef91a02b49188a5d8e41d988bd38b2c037e23302ef39c841b92"}], "answers": null}, "seal": "a8814a5ae9590bda"}');
INSERT INTO "events" VALUES('r',19,'parking/1.1/writer.0@f36f06a0','{"n": 19, "id": "parking/1.1/writer.0@f36f06a0", "type": "SectionDrafted", "at": "2026-11-25T22:34:15.847Z", "section": "parking", "epoch": 1, "round": 1, "agent": "writer", "cause": "parking/1.0/researcher.0@c259c613", "data": {"content": {"blocks": [{"kind": "paragraph", "claims": [{"text": "One parking space is required for each 250 square feet of floor area.", "basis": "source", "evidence": [{"source": "code.md", "address": "§ 1.03, line 13", "quote": "One parking space is required for each 250 square feet of floor area.", "hash": "3ee8395546e1aef91a02b49188a5d8e41d988bd38b2c037e23302ef39c841b92"}]}]}], "values": {}, "open_questions": []}, "digest": "a77948fbe03a32ed5ef164fed98396d14994390b7a877be8c6831242084e8831", "words": 13, "model": null}, "seal": "902e9eb55b52c685"}');
INSERT INTO "events" VALUES('r',20,'parking/1.1/reviewer.0@6b46386e','{"n": 20, "id": "parking/1.1/reviewer.0@6b46386e", "type": "SectionReviewed", "at": "2026-11-25T22:34:15.879Z", "section": "parking", "epoch": 1, "round": 1, "agent": "reviewer", "cause": "parking/1.1/writer.0@f36f06a0", "data": {"blocks": false, "findings": [], "grade": 5}, "seal": "3960051548577330"}');
INSERT INTO "events" VALUES('r',21,'parking/1.1/compliance.0@6b46386e','{"n": 21, "id": "parking/1.1/compliance.0@6b46386e", "type": "SectionChecked", "at": "2026-11-25T22:34:15.883Z", "section": "parking", "epoch": 1, "round": 1, "agent": "compliance", "cause": "parking/1.1/writer.0@f36f06a0", "data": {"blocks": false, "findings": [], "rules": []}, "seal": "d84cb994b83a2977"}');
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
INSERT INTO "quire" VALUES(5);
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
        outside INTEGER NOT NULL DEFAULT 0,
        seal TEXT
    );
INSERT INTO "runs" VALUES('r','local','running','90a97569861baba9364f6c7400d1c93550694802e040eebfc733139bc6b5609d','{"formats":["md"],"out":"/tmp/quire-golden-m3dg929m/home/out","title":"A toy report"}','2026-11-25T22:34:15.571Z',NULL,1,0,0,1,0,'d361963d2cd52c50');
CREATE TABLE workers (name TEXT PRIMARY KEY, pid INTEGER NOT NULL, beat DOUBLE PRECISION NOT NULL);
CREATE INDEX runs_open ON runs (served, status)
        WHERE status NOT IN ('done', 'partial', 'failed', 'cancelled');
CREATE INDEX runs_of_tenant ON runs (tenant, created);
CREATE INDEX runs_over ON runs (finished, id) WHERE finished IS NOT NULL;
CREATE INDEX blob_uses_of_digest ON blob_uses (digest);
CREATE INDEX holds_by_account ON holds (account);
CREATE INDEX holds_by_run ON holds (run);
COMMIT;
