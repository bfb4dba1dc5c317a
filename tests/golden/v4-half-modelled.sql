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
INSERT INTO "attempts" VALUES('r','["height",1,"writer","draft",0,"0666ae851a8c97e6ccd491e24157704fdf86768876358a8795f6e70948e2a07f"]',0,'{"ended": "ok", "kind": "ok", "model": "gpt-4o-mini", "usage": {"prompt_tokens": 385, "completion_tokens": 44, "usd": 8.415e-05, "estimated": false}, "text": "{\"paragraphs\": [{\"sentences\": [{\"text\": \"The height of a building shall not exceed 40 feet.\", \"evidence\": [\"E1\", \"E2\", \"E3\", \"P1\"]}]}], \"open_questions\": [], \"missing\": []}", "sum": "a7f016cca2c1ac2d"}');
INSERT INTO "attempts" VALUES('r','["yards",1,"writer","draft",0,"019dcc77e4a14871b7611cca04529430b8d7358cf9cf99b2f4a7403cc1f83c3c"]',0,'{"ended": "ok", "kind": "ok", "model": "gpt-4o-mini", "usage": {"prompt_tokens": 383, "completion_tokens": 43, "usd": 8.325e-05, "estimated": false}, "text": "{\"paragraphs\": [{\"sentences\": [{\"text\": \"The front yard shall be at least 20 feet deep.\", \"evidence\": [\"E1\", \"E2\", \"E3\", \"P1\"]}]}], \"open_questions\": [], \"missing\": []}", "sum": "f87c8d0fe44ea800"}');
INSERT INTO "attempts" VALUES('r','["height",1,"reviewer","read",1,"e73e343e2082b42ed467ae4dce610b04e11490ca4e03c11bb10870f7538bb3af"]',0,'{"ended": "ok", "kind": "ok", "model": "gpt-4o-mini", "usage": {"prompt_tokens": 231, "completion_tokens": 8, "usd": 3.945e-05, "estimated": false}, "text": "{\"grade\": 5, \"objections\": []}", "sum": "dae1d278c734eaed"}');
INSERT INTO "attempts" VALUES('r','["yards",1,"reviewer","read",1,"d1222d5b4bd9489b67cbf150c58d7413ac14400c3f030b39bfbfc066fe0b9058"]',0,'{"ended": "ok", "kind": "ok", "model": "gpt-4o-mini", "usage": {"prompt_tokens": 230, "completion_tokens": 8, "usd": 3.93e-05, "estimated": false}, "text": "{\"grade\": 5, \"objections\": []}", "sum": "f86f324c26e40bdb"}');
INSERT INTO "attempts" VALUES('r','["parking",1,"writer","draft",0,"2fc6d29e7c8661827b4bda2c76338de042620c1ecd25b8efca815fc76c6033ad"]',0,'{"ended": "retry", "kind": "not-json", "model": "gpt-4o-mini", "usage": {"prompt_tokens": 445, "completion_tokens": 1, "usd": 6.735e-05, "estimated": false}, "detail": "$: line 1, column 2", "sum": "95d9b144b821b51b"}');
INSERT INTO "attempts" VALUES('r','["parking",1,"writer","draft",0,"2fc6d29e7c8661827b4bda2c76338de042620c1ecd25b8efca815fc76c6033ad"]',1,'{"ended": "ok", "kind": "ok", "model": "gpt-4o-mini", "usage": {"prompt_tokens": 681, "completion_tokens": 45, "usd": 0.00012914999999999997, "estimated": false}, "text": "{\"paragraphs\": [{\"sentences\": [{\"text\": \"One parking space is required for each 250 square feet.\", \"evidence\": [\"E1\", \"E2\", \"E3\", \"P1\"]}]}], \"open_questions\": [], \"missing\": []}", "sum": "40ec7ecb5dcafc59"}');
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
INSERT INTO "events" VALUES('r',1,'document/1.0/document.0@e3b0c442','{"n": 1, "id": "document/1.0/document.0@e3b0c442", "type": "DocumentRequested", "at": "2026-11-25T22:33:46.879Z", "section": null, "epoch": 1, "round": 0, "agent": "document", "cause": null, "data": {"title": "A toy report", "blueprint": {"name": "toy", "title": "Toy report", "description": "", "facts": {}, "agents": [], "rules": [], "sections": [{"id": "height", "title": "Height", "instructions": "", "after": [], "kind": "prose", "sources": [], "words": null, "rules": null, "agents": null, "model": null, "when": null, "wait_failed": "stop", "compute": null}, {"id": "yards", "title": "Yards", "instructions": "", "after": [], "kind": "prose", "sources": [], "words": null, "rules": null, "agents": null, "model": null, "when": null, "wait_failed": "stop", "compute": null}, {"id": "parking", "title": "Parking", "instructions": "", "after": ["height", "yards"], "kind": "prose", "sources": [], "words": null, "rules": null, "agents": null, "model": null, "when": null, "wait_failed": "stop", "compute": null}]}, "facts": {}, "sources": [{"name": "code.md", "hash": "3ee8395546e1aef91a02b49188a5d8e41d988bd38b2c037e23302ef39c841b92"}], "options": {"approve": [], "max_rounds": 2, "budget": {}}}, "sum": "c5c57349213d94cc"}');
INSERT INTO "events" VALUES('r',2,'height/1.0/planner.0@c53a3779','{"n": 2, "id": "height/1.0/planner.0@c53a3779", "type": "SectionPlanned", "at": "2026-11-25T22:33:46.897Z", "section": "height", "epoch": 1, "round": 0, "agent": "planner", "cause": "document/1.0/document.0@e3b0c442", "data": {"spec": {"id": "height", "title": "Height", "instructions": "", "after": [], "kind": "prose", "sources": [], "words": null, "rules": null, "agents": null, "model": null, "when": null, "wait_failed": "stop", "compute": null}, "position": 0, "priority": 600, "need": {}}, "sum": "3ab055ff93a43635"}');
INSERT INTO "events" VALUES('r',3,'yards/1.0/planner.1@c53a3779','{"n": 3, "id": "yards/1.0/planner.1@c53a3779", "type": "SectionPlanned", "at": "2026-11-25T22:33:46.898Z", "section": "yards", "epoch": 1, "round": 0, "agent": "planner", "cause": "document/1.0/document.0@e3b0c442", "data": {"spec": {"id": "yards", "title": "Yards", "instructions": "", "after": [], "kind": "prose", "sources": [], "words": null, "rules": null, "agents": null, "model": null, "when": null, "wait_failed": "stop", "compute": null}, "position": 1, "priority": 600, "need": {}}, "sum": "011bd7e1ce55b695"}');
INSERT INTO "events" VALUES('r',4,'parking/1.0/planner.2@c53a3779','{"n": 4, "id": "parking/1.0/planner.2@c53a3779", "type": "SectionPlanned", "at": "2026-11-25T22:33:46.898Z", "section": "parking", "epoch": 1, "round": 0, "agent": "planner", "cause": "document/1.0/document.0@e3b0c442", "data": {"spec": {"id": "parking", "title": "Parking", "instructions": "", "after": ["height", "yards"], "kind": "prose", "sources": [], "words": null, "rules": null, "agents": null, "model": null, "when": null, "wait_failed": "stop", "compute": null}, "position": 2, "priority": 300, "need": {}}, "sum": "197923628e6c74b9"}');
INSERT INTO "events" VALUES('r',5,'height/1.0/section.0@0d252011','{"n": 5, "id": "height/1.0/section.0@0d252011", "type": "SectionOpened", "at": "2026-11-25T22:33:46.939Z", "section": "height", "epoch": 1, "round": 0, "agent": "section", "cause": "height/1.0/planner.0@c53a3779", "data": {"inputs": {}, "findings": [], "changes": [], "spec": null}, "sum": "5d697030b561880b"}');
INSERT INTO "events" VALUES('r',6,'yards/1.0/section.0@673cbf12','{"n": 6, "id": "yards/1.0/section.0@673cbf12", "type": "SectionOpened", "at": "2026-11-25T22:33:46.939Z", "section": "yards", "epoch": 1, "round": 0, "agent": "section", "cause": "yards/1.0/planner.1@c53a3779", "data": {"inputs": {}, "findings": [], "changes": [], "spec": null}, "sum": "b95e418229d23c4a"}');
INSERT INTO "events" VALUES('r',7,'height/1.0/researcher.0@a0d564aa','{"n": 7, "id": "height/1.0/researcher.0@a0d564aa", "type": "EvidenceGathered", "at": "2026-11-25T22:33:46.987Z", "section": "height", "epoch": 1, "round": 0, "agent": "researcher", "cause": "height/1.0/section.0@0d252011", "data": {"evidence": [{"source": "code.md", "address": "§ 1.01, line 5", "quote": "The height of a building shall not exceed 40 feet.", "hash": "3ee8395546e1aef91a02b49188a5d8e41d988bd38b2c037e23302ef39c841b92"}], "answers": null}, "sum": "60a9313e74bfb028"}');
INSERT INTO "events" VALUES('r',8,'yards/1.0/researcher.0@4a975b23','{"n": 8, "id": "yards/1.0/researcher.0@4a975b23", "type": "EvidenceGathered", "at": "2026-11-25T22:33:46.987Z", "section": "yards", "epoch": 1, "round": 0, "agent": "researcher", "cause": "yards/1.0/section.0@673cbf12", "data": {"evidence": [{"source": "code.md", "address": "§ 1.02, line 9", "quote": "The front yard shall be at least 20 feet deep.", "hash": "3ee8395546e1aef91a02b49188a5d8e41d988bd38b2c037e23302ef39c841b92"}], "answers": null}, "sum": "4f46a64dabbefce5"}');
INSERT INTO "events" VALUES('r',9,'height/1.1/writer.0@9509dc4e','{"n": 9, "id": "height/1.1/writer.0@9509dc4e", "type": "SectionDrafted", "at": "2026-11-25T22:33:47.793Z", "section": "height", "epoch": 1, "round": 1, "agent": "writer", "cause": "height/1.0/researcher.0@a0d564aa", "data": {"content": {"blocks": [{"kind": "paragraph", "claims": [{"text": "The height of a building shall not exceed 40 feet.", "basis": "source", "evidence": [{"source": "code.md", "address": "§ 1.01, line 5", "quote": "The height of a building shall not exceed 40 feet.", "hash": "3ee8395546e1aef91a02b49188a5d8e41d988bd38b2c037e23302ef39c841b92"}]}]}], "values": {}, "open_questions": []}, "digest": "0de53fa6867a55552719539ded0157bad3857b12fb6f95c1aed8a17e3f856095", "words": 10, "model": "gpt-4o-mini"}, "sum": "c182441e2ecfed1e"}');
INSERT INTO "events" VALUES('r',10,'yards/1.1/writer.0@efd2c159','{"n": 10, "id": "yards/1.1/writer.0@efd2c159", "type": "SectionDrafted", "at": "2026-11-25T22:33:47.816Z", "section": "yards", "epoch": 1, "round": 1, "agent": "writer", "cause": "yards/1.0/researcher.0@4a975b23", "data": {"content": {"blocks": [{"kind": "paragraph", "claims": [{"text": "The front yard shall be at least 20 feet deep.", "basis": "source", "evidence": [{"source": "code.md", "address": "§ 1.02, line 9", "quote": "The front yard shall be at least 20 feet deep.", "hash": "3ee8395546e1aef91a02b49188a5d8e41d988bd38b2c037e23302ef39c841b92"}]}]}], "values": {}, "open_questions": []}, "digest": "64dcda381797eb60d398f93b5c31c7df97ffc614afba9a46cfeeb2854e81c223", "words": 10, "model": "gpt-4o-mini"}, "sum": "f372bcba0d6bff18"}');
INSERT INTO "events" VALUES('r',11,'height/1.1/compliance.0@64a48fc4','{"n": 11, "id": "height/1.1/compliance.0@64a48fc4", "type": "SectionChecked", "at": "2026-11-25T22:33:47.907Z", "section": "height", "epoch": 1, "round": 1, "agent": "compliance", "cause": "height/1.1/writer.0@9509dc4e", "data": {"blocks": false, "findings": [], "rules": []}, "sum": "dc5c7de87d7b0518"}');
INSERT INTO "events" VALUES('r',12,'yards/1.1/compliance.0@ecc5cfd2','{"n": 12, "id": "yards/1.1/compliance.0@ecc5cfd2", "type": "SectionChecked", "at": "2026-11-25T22:33:47.918Z", "section": "yards", "epoch": 1, "round": 1, "agent": "compliance", "cause": "yards/1.1/writer.0@efd2c159", "data": {"blocks": false, "findings": [], "rules": []}, "sum": "8c4e8ca9f4f3f467"}');
INSERT INTO "events" VALUES('r',13,'height/1.1/reviewer.0@64a48fc4','{"n": 13, "id": "height/1.1/reviewer.0@64a48fc4", "type": "SectionReviewed", "at": "2026-11-25T22:33:47.998Z", "section": "height", "epoch": 1, "round": 1, "agent": "reviewer", "cause": "height/1.1/writer.0@9509dc4e", "data": {"blocks": false, "findings": [], "grade": 5}, "sum": "9933e2c3a743d681"}');
INSERT INTO "events" VALUES('r',14,'height/1.1/arbiter.0@047d75f3','{"n": 14, "id": "height/1.1/arbiter.0@047d75f3", "type": "SectionApproved", "at": "2026-11-25T22:33:48.028Z", "section": "height", "epoch": 1, "round": 1, "agent": "arbiter", "cause": "height/1.1/reviewer.0@64a48fc4", "data": {"content": {"blocks": [{"kind": "paragraph", "claims": [{"text": "The height of a building shall not exceed 40 feet.", "basis": "source", "evidence": [{"source": "code.md", "address": "§ 1.01, line 5", "quote": "The height of a building shall not exceed 40 feet.", "hash": "3ee8395546e1aef91a02b49188a5d8e41d988bd38b2c037e23302ef39c841b92"}]}]}], "values": {}, "open_questions": []}, "digest": "0de53fa6867a55552719539ded0157bad3857b12fb6f95c1aed8a17e3f856095", "words": 10, "rounds": 1, "findings": [], "missing": {}, "models": ["gpt-4o-mini"]}, "sum": "6fa900b33ae2bf25"}');
INSERT INTO "events" VALUES('r',15,'yards/1.1/reviewer.0@ecc5cfd2','{"n": 15, "id": "yards/1.1/reviewer.0@ecc5cfd2", "type": "SectionReviewed", "at": "2026-11-25T22:33:48.043Z", "section": "yards", "epoch": 1, "round": 1, "agent": "reviewer", "cause": "yards/1.1/writer.0@efd2c159", "data": {"blocks": false, "findings": [], "grade": 5}, "sum": "67a6af96b2fba48a"}');
INSERT INTO "events" VALUES('r',16,'yards/1.1/arbiter.0@356e569f','{"n": 16, "id": "yards/1.1/arbiter.0@356e569f", "type": "SectionApproved", "at": "2026-11-25T22:33:48.071Z", "section": "yards", "epoch": 1, "round": 1, "agent": "arbiter", "cause": "yards/1.1/reviewer.0@ecc5cfd2", "data": {"content": {"blocks": [{"kind": "paragraph", "claims": [{"text": "The front yard shall be at least 20 feet deep.", "basis": "source", "evidence": [{"source": "code.md", "address": "§ 1.02, line 9", "quote": "The front yard shall be at least 20 feet deep.", "hash": "3ee8395546e1aef91a02b49188a5d8e41d988bd38b2c037e23302ef39c841b92"}]}]}], "values": {}, "open_questions": []}, "digest": "64dcda381797eb60d398f93b5c31c7df97ffc614afba9a46cfeeb2854e81c223", "words": 10, "rounds": 1, "findings": [], "missing": {}, "models": ["gpt-4o-mini"]}, "sum": "7c2e5dd1749e37c0"}');
INSERT INTO "events" VALUES('r',17,'parking/1.0/section.0@1b358b06','{"n": 17, "id": "parking/1.0/section.0@1b358b06", "type": "SectionOpened", "at": "2026-11-25T22:33:48.079Z", "section": "parking", "epoch": 1, "round": 0, "agent": "section", "cause": "parking/1.0/planner.2@c53a3779", "data": {"inputs": {"height": {"event": "height/1.1/arbiter.0@047d75f3", "epoch": 1, "digest": "0de53fa6867a55552719539ded0157bad3857b12fb6f95c1aed8a17e3f856095"}, "yards": {"event": "yards/1.1/arbiter.0@356e569f", "epoch": 1, "digest": "64dcda381797eb60d398f93b5c31c7df97ffc614afba9a46cfeeb2854e81c223"}}, "findings": [], "changes": [], "spec": null}, "sum": "f63439d33531a100"}');
INSERT INTO "events" VALUES('r',18,'parking/1.0/researcher.0@c259c613','{"n": 18, "id": "parking/1.0/researcher.0@c259c613", "type": "EvidenceGathered", "at": "2026-11-25T22:33:48.108Z", "section": "parking", "epoch": 1, "round": 0, "agent": "researcher", "cause": "parking/1.0/section.0@1b358b06", "data": {"evidence": [{"source": "code.md", "address": "§ 1.03, line 13", "quote": "One parking space is required for each 250 square feet of floor area.", "hash": "3ee8395546e1aef91a02b49188a5d8e41d988bd38b2c037e23302ef39c841b92"}], "answers": null}, "sum": "f52424a1baac811d"}');
INSERT INTO "events" VALUES('r',19,'parking/1.1/writer.0@f36f06a0','{"n": 19, "id": "parking/1.1/writer.0@f36f06a0", "type": "SectionDrafted", "at": "2026-11-25T22:33:48.455Z", "section": "parking", "epoch": 1, "round": 1, "agent": "writer", "cause": "parking/1.0/researcher.0@c259c613", "data": {"content": {"blocks": [{"kind": "paragraph", "claims": [{"text": "One parking space is required for each 250 square feet.", "basis": "source", "evidence": [{"source": "code.md", "address": "§ 1.03, line 13", "quote": "One parking space is required for each 250 square feet of floor area.", "hash": "3ee8395546e1aef91a02b49188a5d8e41d988bd38b2c037e23302ef39c841b92"}, {"source": "code.md", "address": "§ 1.01, line 5", "quote": "The height of a building shall not exceed 40 feet.", "hash": "3ee8395546e1aef91a02b49188a5d8e41d988bd38b2c037e23302ef39c841b92"}]}]}], "values": {}, "open_questions": []}, "digest": "d7b0b056e0e72aedad4ed19dfd4e250d3394007d6ddb20582b9ee7bc4fd67fd1", "words": 10, "model": "gpt-4o-mini"}, "sum": "53f4575aefa5153a"}');
INSERT INTO "events" VALUES('r',20,'parking/1.1/compliance.0@6b46386e','{"n": 20, "id": "parking/1.1/compliance.0@6b46386e", "type": "SectionChecked", "at": "2026-11-25T22:33:48.510Z", "section": "parking", "epoch": 1, "round": 1, "agent": "compliance", "cause": "parking/1.1/writer.0@f36f06a0", "data": {"blocks": false, "findings": [], "rules": []}, "sum": "d919a7ab312fe3c8"}');
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
INSERT INTO "runs" VALUES('r','local','running','90a97569861baba9364f6c7400d1c93550694802e040eebfc733139bc6b5609d','{"formats":["md"],"out":"/tmp/quire-golden-piq4w0bu/home/out","title":"A toy report"}','2026-11-25T22:33:46.806Z',NULL,1,0,0,1,0);
CREATE TABLE workers (name TEXT PRIMARY KEY, pid INTEGER NOT NULL, beat DOUBLE PRECISION NOT NULL);
CREATE INDEX runs_open ON runs (served, status)
        WHERE status NOT IN ('done', 'partial', 'failed', 'cancelled');
CREATE INDEX runs_of_tenant ON runs (tenant, created);
CREATE INDEX runs_over ON runs (finished, id) WHERE finished IS NOT NULL;
CREATE INDEX blob_uses_of_digest ON blob_uses (digest);
CREATE INDEX holds_by_account ON holds (account);
CREATE INDEX holds_by_run ON holds (run);
COMMIT;
