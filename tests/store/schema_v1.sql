-- A results database of schema version 1 with one run, as "sqlite3 .dump" writes it: what migrating starts from.
PRAGMA application_id = 1095975257;
PRAGMA user_version = 1;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE schema_migrations (
  version     INTEGER PRIMARY KEY,
  name        TEXT NOT NULL,
  applied_at  TEXT NOT NULL
) STRICT;
INSERT INTO schema_migrations VALUES(1,'rubrics, submissions, facts, runs and their verdicts','2026-11-22T18:12:25Z');
CREATE TABLE rubrics (
  id              INTEGER PRIMARY KEY,
  name            TEXT NOT NULL,
  version         TEXT NOT NULL,
  title           TEXT NOT NULL,
  digest          TEXT NOT NULL,
  content_digest  TEXT NOT NULL UNIQUE,
  content         TEXT NOT NULL
) STRICT;
INSERT INTO rubrics VALUES(1,'sqlalchemy-blog','1','SQLAlchemy blog','sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','sha256:1b7d669c9ffe8efe58b70248aca41742ce963f0009e9a79f295dbe62736b0b24','{"id":"sqlalchemy-blog","version":"1","title":"SQLAlchemy blog","digest":"sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","path":"","entities":[{"id":"user","title":"Users","names":[],"hints":[],"unlike":[],"columns":[],"required":true,"many_columns":true,"position":{"line":0,"column":0}},{"id":"post","title":"Posts","names":[],"hints":[],"unlike":[],"columns":[],"required":true,"many_columns":true,"position":{"line":0,"column":0}},{"id":"comment","title":"Comments","names":[],"hints":[],"unlike":[],"columns":[],"required":true,"many_columns":true,"position":{"line":0,"column":0}},{"id":"tag","title":"Tags","names":[],"hints":[],"unlike":[],"columns":[],"required":true,"many_columns":true,"position":{"line":0,"column":0}}],"relations":[],"queries":[{"id":"posts_with_comments","title":"","root":"","by":"","paths":[],"intent":[],"eager":false,"position":{"line":0,"column":0}},{"id":"eager","title":"","root":"","by":"","paths":[],"intent":[],"eager":true,"position":{"line":0,"column":0}}],"categories":[{"id":"models","title":"Model definitions","weight":35,"static_cap":1.0,"position":{"line":0,"column":0}},{"id":"relationships","title":"Relationships and foreign keys","weight":25,"static_cap":1.0,"position":{"line":0,"column":0}},{"id":"queries","title":"Optimized queries","weight":20,"static_cap":1.0,"position":{"line":0,"column":0}},{"id":"migration","title":"Working migration","weight":20,"static_cap":1.0,"position":{"line":0,"column":0}}],"checks":[{"id":"models.entities-present","kind":"sample.kind","category":"models","title":"Users, posts, comments and tags are mapped classes","points":4000,"static_cap":1.0,"partial":{},"messages":{},"advice":"","topics":["complex-model"],"by_reading":false,"params":{"kind":"scalar","text":"","items":[],"fields":[],"position":{"line":0,"column":0},"key_position":{"line":0,"column":0}},"hidden":false,"position":{"line":0,"column":0},"positions":{}},{"id":"models.user-identity-unique","kind":"sample.kind","category":"models","title":"A login identity is unique and required","points":3000,"static_cap":1.0,"partial":{},"messages":{},"advice":"","topics":[],"by_reading":false,"params":{"kind":"scalar","text":"","items":[],"fields":[],"position":{"line":0,"column":0},"key_position":{"line":0,"column":0}},"hidden":false,"position":{"line":0,"column":0},"positions":{}},{"id":"models.required-not-null","kind":"sample.kind","category":"models","title":"Required columns are NOT NULL","points":3000,"static_cap":1.0,"partial":{},"messages":{},"advice":"","topics":[],"by_reading":false,"params":{"kind":"scalar","text":"","items":[],"fields":[],"position":{"line":0,"column":0},"key_position":{"line":0,"column":0}},"hidden":false,"position":{"line":0,"column":0},"positions":{}},{"id":"relationships.post-author-fk","kind":"sample.kind","category":"relationships","title":"Posts refer to their author by a foreign key","points":4000,"static_cap":1.0,"partial":{},"messages":{},"advice":"","topics":[],"by_reading":false,"params":{"kind":"scalar","text":"","items":[],"fields":[],"position":{"line":0,"column":0},"key_position":{"line":0,"column":0}},"hidden":false,"position":{"line":0,"column":0},"positions":{}},{"id":"relationships.post-tags-many-to-many","kind":"sample.kind","category":"relationships","title":"Posts and tags are many-to-many","points":4000,"static_cap":1.0,"partial":{},"messages":{},"advice":"Use a link table with two foreign keys and relationship(secondary=...).","topics":["many-to-many"],"by_reading":false,"params":{"kind":"scalar","text":"","items":[],"fields":[],"position":{"line":0,"column":0},"key_position":{"line":0,"column":0}},"hidden":false,"position":{"line":0,"column":0},"positions":{}},{"id":"relationships.self-reference-correct","kind":"sample.kind","category":"relationships","title":"Threads of comments refer to themselves correctly","points":2000,"static_cap":1.0,"partial":{},"messages":{},"advice":"","topics":[],"by_reading":false,"params":{"kind":"scalar","text":"","items":[],"fields":[],"position":{"line":0,"column":0},"key_position":{"line":0,"column":0}},"hidden":false,"position":{"line":0,"column":0},"positions":{}},{"id":"queries.posts-by-user-constant-statements","kind":"sample.kind","category":"queries","title":"Posts with comments cost a constant number of statements","points":6000,"static_cap":1.0,"partial":{},"messages":{},"advice":"","topics":["lazy-vs-eager"],"by_reading":false,"params":{"kind":"scalar","text":"","items":[],"fields":[],"position":{"line":0,"column":0},"key_position":{"line":0,"column":0}},"hidden":false,"position":{"line":0,"column":0},"positions":{}},{"id":"queries.eager-loading-effective","kind":"sample.kind","category":"queries","title":"Eager loading reaches the comments","points":4000,"static_cap":1.0,"partial":{},"messages":{},"advice":"","topics":["lazy-vs-eager"],"by_reading":false,"params":{"kind":"scalar","text":"","items":[],"fields":[],"position":{"line":0,"column":0},"key_position":{"line":0,"column":0}},"hidden":false,"position":{"line":0,"column":0},"positions":{}},{"id":"migration.upgrade-clean","kind":"sample.kind","category":"migration","title":"The migration upgrades an empty database","points":7000,"static_cap":1.0,"partial":{},"messages":{},"advice":"","topics":[],"by_reading":false,"params":{"kind":"scalar","text":"","items":[],"fields":[],"position":{"line":0,"column":0},"key_position":{"line":0,"column":0}},"hidden":false,"position":{"line":0,"column":0},"positions":{}},{"id":"migration.single-head","kind":"sample.kind","category":"migration","title":"The revisions have one head","points":3000,"static_cap":1.0,"partial":{},"messages":{},"advice":"","topics":[],"by_reading":false,"params":{"kind":"scalar","text":"","items":[],"fields":[],"position":{"line":0,"column":0},"key_position":{"line":0,"column":0}},"hidden":false,"position":{"line":0,"column":0},"positions":{}}],"bands":[{"id":"strong","at_least":85.0,"position":{"line":0,"column":0}},{"id":"good","at_least":70.0,"position":{"line":0,"column":0}},{"id":"mixed","at_least":50.0,"position":{"line":0,"column":0}},{"id":"weak","at_least":0.0,"position":{"line":0,"column":0}}],"gates":[{"id":"n_plus_one","title":"","when":[],"cap":"mixed","needs_person":false,"position":{"line":0,"column":0}},{"id":"no_foreign_keys","title":"","when":[],"cap":"mixed","needs_person":false,"position":{"line":0,"column":0}},{"id":"integrity","title":"","when":[],"cap":"","needs_person":true,"position":{"line":0,"column":0}}],"topics":[{"id":"lazy-vs-eager","title":"Lazy versus eager loading","question":"When would you use selectin, when joined loading?","position":{"line":0,"column":0}},{"id":"many-to-many","title":"Modelling a many-to-many","question":"How do you model posts and tags, and why?","position":{"line":0,"column":0}},{"id":"complex-model","title":"A complex model","question":"Describe a complex model you designed.","position":{"line":0,"column":0}}],"flag_weights":{"instructions_to_grader":"notice","shadowed_library":"cheat"}}');
CREATE TABLE rubric_checks (
  rubric_id  INTEGER NOT NULL REFERENCES rubrics ON DELETE CASCADE,
  position   INTEGER NOT NULL,
  check_id   TEXT NOT NULL,
  category   TEXT NOT NULL,
  kind       TEXT NOT NULL,
  title      TEXT NOT NULL,
  points     INTEGER NOT NULL,
  PRIMARY KEY (rubric_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO rubric_checks VALUES(1,0,'models.entities-present','models','sample.kind','Users, posts, comments and tags are mapped classes',4000);
INSERT INTO rubric_checks VALUES(1,1,'models.user-identity-unique','models','sample.kind','A login identity is unique and required',3000);
INSERT INTO rubric_checks VALUES(1,2,'models.required-not-null','models','sample.kind','Required columns are NOT NULL',3000);
INSERT INTO rubric_checks VALUES(1,3,'relationships.post-author-fk','relationships','sample.kind','Posts refer to their author by a foreign key',4000);
INSERT INTO rubric_checks VALUES(1,4,'relationships.post-tags-many-to-many','relationships','sample.kind','Posts and tags are many-to-many',4000);
INSERT INTO rubric_checks VALUES(1,5,'relationships.self-reference-correct','relationships','sample.kind','Threads of comments refer to themselves correctly',2000);
INSERT INTO rubric_checks VALUES(1,6,'queries.posts-by-user-constant-statements','queries','sample.kind','Posts with comments cost a constant number of statements',6000);
INSERT INTO rubric_checks VALUES(1,7,'queries.eager-loading-effective','queries','sample.kind','Eager loading reaches the comments',4000);
INSERT INTO rubric_checks VALUES(1,8,'migration.upgrade-clean','migration','sample.kind','The migration upgrades an empty database',7000);
INSERT INTO rubric_checks VALUES(1,9,'migration.single-head','migration','sample.kind','The revisions have one head',3000);
CREATE TABLE candidates (
  id      INTEGER PRIMARY KEY,
  source  TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO candidates VALUES(1,'https://example.org/ana/blog.git');
CREATE TABLE submissions (
  id               INTEGER PRIMARY KEY,
  candidate_id     INTEGER NOT NULL REFERENCES candidates,
  content_digest   TEXT NOT NULL UNIQUE,
  ref              TEXT NOT NULL,
  commit_id        TEXT NOT NULL,
  tree_digest      TEXT NOT NULL,
  graded_before    TEXT,
  commits          INTEGER NOT NULL,
  committed_at     TEXT,
  first_commit_at  TEXT,
  shallow          INTEGER NOT NULL,
  commits_after    INTEGER NOT NULL,
  files            INTEGER NOT NULL,
  python_files     INTEGER NOT NULL
) STRICT;
INSERT INTO submissions VALUES(1,1,'sha256:5cb67a5b72f749d06856d708ef40b057e04aab1fdb6b1e2cf354ee923d32da3a','main','0123456789abcdef0123456789abcdef01234567','sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',NULL,12,'2026-11-21T14:00:00Z','2026-11-19T14:00:00Z',0,0,31,14);
CREATE TABLE skipped_paths (
  submission_id  INTEGER NOT NULL REFERENCES submissions ON DELETE CASCADE,
  position       INTEGER NOT NULL,
  path           TEXT NOT NULL,
  reason         TEXT NOT NULL,
  detail         TEXT NOT NULL,
  PRIMARY KEY (submission_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO skipped_paths VALUES(1,0,'assets/demo.mp4','too_large','83886080 bytes');
INSERT INTO skipped_paths VALUES(1,1,'latest','symlink','../../etc/passwd');
CREATE TABLE facts (
  id               INTEGER PRIMARY KEY,
  tree_digest      TEXT NOT NULL,
  version          INTEGER NOT NULL,
  execution        TEXT NOT NULL,
  content_digest   TEXT NOT NULL,
  content_bytes    INTEGER NOT NULL,
  content          BLOB NOT NULL,
  UNIQUE (tree_digest, version, execution, content_digest)
) STRICT;
INSERT INTO facts VALUES(1,'sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',1,'reading','sha256:397d4af749842d92f6844b53511fc85f4bf39f543ddf9f1ca2317bd4cf23bdc1',5251,X'789ced584b6fdc3610fe2b024f2db0b5376dd204ba1568d0532fbd0606418b232d6b8a9449ca6bc1f07fef0c1f5a691f69d2a70fc6020b6986f3e4371c8e9ed80338afac61f59b0d6b9506cfea4f4f6c1061c76a2686e1bab712b4bf1a26b661ce6a4072e7840489efc81b23059fb53224fce376c3c034562ad321630ced771f903b08e751a40e6e840df39309e2918373d691c19be7cdcae6fd084ec17f68b457a83e601efc754e88bfde6eb76fb8322a28a1579ecc8bff51676e48ea41396b7a3081d54f4ca26168f0910dd687ce81bfd7a82893393c28897680a451e1bd16bad9413ff14199e4d082d68bdfad63f5f7e85beb440f7bebee7c9274703f2a076435535aeb407586a7e03271f4e0b940bf1b56b7427bc8a48391129b0d3b703c40b33356db6e22679ed11b5a2428b05be1156a65c61a40371b6bda12caf60a3d6cb4f0bed80de276f6c1814ebbb4534326f510841441a437d50fd6616ada163394570ccea2863ebf35b61f3404dab209d56e5827868c06e6c49ec2e12fdfd35c205fe4a2d0ba38f6847eb5273556d7842fcf6d8bf206c191119729766fc02540dd29830866ed689a8c7f758c0984396a08e0e64484d1192e8cb121154dd4246de3834b1512bdee17f8d3ea817c18cd9d41e3b41a84e40e842fe2b7f80e8f8212345b5ed0566bf159f6c0497f349f977b7467097ad13470d84bca5a7ebc1d950e848b5c68b82a8571f06fef5420c9ac9aa25198befd4e255fd25190b9bd4205a6e3622f5498a9294f584ec5ad634e09262d8bc02bb91b0ded95d1d32c23f45e4c9e3ba1fcca2fe3c79e36f3e0e87988614858c340f8ba742cd369875de30369d1639f3a0818c90f8c008f747a4968ab82a76f72fa36151e1e8e2bf96dcd9ee920fe1c304174e8f411360bf1159eaff0bc08cf1fb617e0498c13784648fd25841a419838426821be7884a6b67d16a088938a82aa3c6e5855227ac5ecbf88d9b76f2f60961827988d5bf295988de1f1203a7f80ec8af6e211fb7aa6fe7ff87cf7ee023e89b1c0e70151e7e17933efd37c9bfdb36bef61f2fa828b6f462e0e4bfdad6ae2e0e4f0ae6dddb41af88a68c773d82c0e62ebb73296716d85f42b202cb9eb0b7cb9f0f33d1a962ba199a564493eade1cb1122514ed291c8c77b35efcea2e16d979b73e877348b391c1ee3941b870245ced1b81bc7d4a24fa2ab7cb9900ac309d3ec380e14506a45c28056088c256aefb18f66a0e20e07e0186a268c439ce3b3285a58bc66de69c8f3bacfb18e807f60403f8445990c83564ddc7a9e66b0b3c3d7dfca2f417b0711289f525e9180ce0c3b6eef563848c4b5e92506d2f369d81adac0458b672e3f4a6298061420fe518e4f9578c0ed29e15f3e06be2e743a65271de5a9ac275e3a874f0bd13dc9cf71b03d8c544417d8f15b83864e3453e21f7d8580f4a924d29ecbc992476d54dae1713d45b0b75a500752069bd1980cf06079cc11cd13c7e1fff6f1a79f7ffd78d5cb390fef2f9c7fefe73cfc1295f9bac2840b0f5587ddad6a47adab5eb83b7f452528f10850d860a24c25a474d48b64156cb5df59780057459f7c157678ce11a6bcea8cd08b9a4d7d98b00b7ed93f969f86e81a101763bb0a7eb9385dfb166b9f4e828f32d7f4cf97df01f3887769f49bf3900aac1a26d24041e38d20de8f33e1067f7f0025d00c0a');
CREATE TABLE runs (
  id                 INTEGER PRIMARY KEY AUTOINCREMENT,
  graded_at          TEXT NOT NULL,
  engine_version     TEXT NOT NULL,
  submission_id      INTEGER NOT NULL REFERENCES submissions,
  rubric_id          INTEGER NOT NULL REFERENCES rubrics,
  rubric_path        TEXT NOT NULL,
  facts_id           INTEGER NOT NULL REFERENCES facts,
  runtime            TEXT NOT NULL,
  python             TEXT NOT NULL,
  sqlalchemy         TEXT NOT NULL,
  alembic            TEXT NOT NULL,
  database           TEXT NOT NULL,
  isolation          TEXT NOT NULL,
  resolution         TEXT NOT NULL,
  point              INTEGER NOT NULL,
  low                INTEGER NOT NULL,
  high               INTEGER NOT NULL,
  band               TEXT NOT NULL,
  band_before_gates  TEXT NOT NULL,
  needs_review       INTEGER NOT NULL,
  clone_ms           INTEGER NOT NULL,
  read_ms            INTEGER NOT NULL,
  execute_ms         INTEGER NOT NULL,
  total_ms           INTEGER NOT NULL
) STRICT;
INSERT INTO runs VALUES(1,'2026-11-22T14:00:00Z','0.1.0',1,1,'rubrics/sqlalchemy-blog/rubric.yaml',1,'','','','','','L0','{"entities":{"comment":{"role":"comment","class_name":"app.models.Comment","table":"comments","origin":"mapped","confidence":0.9,"weak":false,"aliases":[],"alias_tables":[],"columns":{},"where":{"path":"","line":0,"column":0,"end_line":0,"text":""}},"post":{"role":"post","class_name":"app.models.Post","table":"posts","origin":"mapped","confidence":0.95,"weak":false,"aliases":[],"alias_tables":[],"columns":{},"where":{"path":"","line":0,"column":0,"end_line":0,"text":""}},"user":{"role":"user","class_name":"app.models.User","table":"users","origin":"mapped","confidence":0.97,"weak":false,"aliases":[],"alias_tables":[],"columns":{},"where":{"path":"","line":0,"column":0,"end_line":0,"text":""}}},"relations":{},"queries":{"eager":"app/queries.py::posts_eager","posts_with_comments":"app/queries.py::posts_of"},"score":0.0,"ambiguous":false,"notes":[]}',7155,6015,8015,'good','good',1,810,42,0,860);
CREATE TABLE review_reasons (
  run_id    INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  position  INTEGER NOT NULL,
  reason    TEXT NOT NULL,
  PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO review_reasons VALUES(1,0,'20.00 points of the total could not be settled by reading');
CREATE TABLE verdicts (
  run_id          INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  position        INTEGER NOT NULL,
  check_id        TEXT NOT NULL,
  outcome         TEXT NOT NULL,
  credit          REAL,
  earned_share    REAL NOT NULL,
  lost_share      REAL NOT NULL,
  expected_share  REAL NOT NULL,
  basis           TEXT NOT NULL,
  confidence      REAL NOT NULL,
  reason          TEXT NOT NULL,
  PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO verdicts VALUES(1,0,'models.entities-present','pass',1.0,1.0,0.0,1.0,'reading',0.75,'All four entities are mapped classes with their own table.');
INSERT INTO verdicts VALUES(1,1,'models.user-identity-unique','partial',0.69999999999999995559,0.69999999999999995559,0.29999999999999998889,0.69999999999999995559,'reading',0.75,'users.email is unique but may be NULL.');
INSERT INTO verdicts VALUES(1,2,'models.required-not-null','partial',0.59999999999999997779,0.59999999999999997779,0.4000000000000000222,0.59999999999999997779,'reading',0.75,'2 of 5 required columns may be NULL: users.email, comments.body.');
INSERT INTO verdicts VALUES(1,3,'relationships.post-author-fk','pass',1.0,1.0,0.0,1.0,'reading',0.75,'posts.user_id is a foreign key to users.id.');
INSERT INTO verdicts VALUES(1,4,'relationships.post-tags-many-to-many','fail',0.0,0.0,1.0,0.0,'reading',0.75,'posts.tag_id allows one tag per post; there is no link table.');
INSERT INTO verdicts VALUES(1,5,'relationships.self-reference-correct','not_applicable',NULL,0.0,0.0,0.0,'none',0.0,'No entity refers to itself.');
INSERT INTO verdicts VALUES(1,6,'queries.posts-by-user-constant-statements','unverified',NULL,0.0,0.0,0.5,'reading',0.5,'The query is built by a helper that could not be followed; run it to count its statements.');
INSERT INTO verdicts VALUES(1,7,'queries.eager-loading-effective','pass',1.0,0.69999999999999995559,0.0,0.84999999999999997779,'reading',0.75,'selectinload(Post.comments) covers posts and comments.');
INSERT INTO verdicts VALUES(1,8,'migration.upgrade-clean','partial',0.9000000000000000222,0.59999999999999997779,0.0,0.9000000000000000222,'reading',0.75,'Reading found nothing that stops the upgrade; only running it proves that.');
INSERT INTO verdicts VALUES(1,9,'migration.single-head','pass',1.0,1.0,0.0,1.0,'reading',0.75,'One revision, one head.');
CREATE TABLE verdict_levels (
  run_id    INTEGER NOT NULL,
  verdict   INTEGER NOT NULL,
  position  INTEGER NOT NULL,
  level     TEXT NOT NULL,
  PRIMARY KEY (run_id, verdict, position),
  FOREIGN KEY (run_id, verdict) REFERENCES verdicts (run_id, position) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TABLE evidence (
  run_id       INTEGER NOT NULL,
  verdict      INTEGER NOT NULL,
  position     INTEGER NOT NULL,
  path         TEXT NOT NULL,
  line         INTEGER NOT NULL,
  column_number INTEGER NOT NULL,
  end_line     INTEGER NOT NULL,
  text         TEXT NOT NULL,
  note         TEXT NOT NULL,
  PRIMARY KEY (run_id, verdict, position),
  FOREIGN KEY (run_id, verdict) REFERENCES verdicts (run_id, position) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO evidence VALUES(1,0,0,'app/models.py',12,1,12,'class User(Base):','user');
INSERT INTO evidence VALUES(1,1,0,'app/models.py',16,5,16,'email = Column(String(255), unique=True)','unique, nullable by default');
INSERT INTO evidence VALUES(1,2,0,'app/models.py',16,5,16,'email = Column(String(255), unique=True)','users.email');
INSERT INTO evidence VALUES(1,2,1,'app/models.py',41,5,41,'body = Column(Text)','comments.body');
INSERT INTO evidence VALUES(1,3,0,'app/models.py',27,5,27,'user_id = Column(ForeignKey("users.id"), nullable=False)','');
INSERT INTO evidence VALUES(1,4,0,'app/models.py',28,5,28,'tag_id = Column(ForeignKey("tags.id"))','one tag per post');
INSERT INTO evidence VALUES(1,6,0,'app/queries.py',20,5,20,'return build(session).all()','build() comes from outside the repository');
INSERT INTO evidence VALUES(1,7,0,'app/queries.py',33,5,33,'select(Post).options(selectinload(Post.comments))','');
INSERT INTO evidence VALUES(1,8,0,'migrations/versions/0001_initial.py',18,5,18,'op.create_table("users",','');
INSERT INTO evidence VALUES(1,9,0,'migrations/versions/0001_initial.py',10,1,10,'revision = "0001"','');
CREATE TABLE check_scores (
  run_id        INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  position      INTEGER NOT NULL,
  check_id      TEXT NOT NULL,
  category      TEXT NOT NULL,
  available     INTEGER NOT NULL,
  earned        INTEGER NOT NULL,
  lost          INTEGER NOT NULL,
  undetermined  INTEGER NOT NULL,
  expected      INTEGER NOT NULL,
  applicable    INTEGER NOT NULL,
  PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO check_scores VALUES(1,0,'models.entities-present','models',4000,4000,0,0,4000,1);
INSERT INTO check_scores VALUES(1,1,'models.user-identity-unique','models',3000,2100,900,0,2100,1);
INSERT INTO check_scores VALUES(1,2,'models.required-not-null','models',3000,1800,1200,0,1800,1);
INSERT INTO check_scores VALUES(1,3,'relationships.post-author-fk','relationships',4000,4000,0,0,4000,1);
INSERT INTO check_scores VALUES(1,4,'relationships.post-tags-many-to-many','relationships',4000,0,4000,0,0,1);
INSERT INTO check_scores VALUES(1,5,'relationships.self-reference-correct','relationships',0,0,0,0,0,0);
INSERT INTO check_scores VALUES(1,6,'queries.posts-by-user-constant-statements','queries',6000,0,0,6000,3000,1);
INSERT INTO check_scores VALUES(1,7,'queries.eager-loading-effective','queries',4000,2800,0,1200,3400,1);
INSERT INTO check_scores VALUES(1,8,'migration.upgrade-clean','migration',7000,4200,0,2800,6300,1);
INSERT INTO check_scores VALUES(1,9,'migration.single-head','migration',3000,3000,0,0,3000,1);
CREATE TABLE category_scores (
  run_id      INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  position    INTEGER NOT NULL,
  category    TEXT NOT NULL,
  title       TEXT NOT NULL,
  weight      INTEGER NOT NULL,
  point       INTEGER NOT NULL,
  low         INTEGER NOT NULL,
  high        INTEGER NOT NULL,
  applicable  INTEGER NOT NULL,
  PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO category_scores VALUES(1,0,'models','Model definitions',35,7900,7900,7900,1);
INSERT INTO category_scores VALUES(1,1,'relationships','Relationships and foreign keys',25,5000,5000,5000,1);
INSERT INTO category_scores VALUES(1,2,'queries','Optimized queries',20,6400,2800,10000,1);
INSERT INTO category_scores VALUES(1,3,'migration','Working migration',20,9300,7200,10000,1);
CREATE TABLE gates (
  run_id    INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  position  INTEGER NOT NULL,
  gate      TEXT NOT NULL,
  title     TEXT NOT NULL,
  tripped   INTEGER NOT NULL,
  reason    TEXT NOT NULL,
  PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO gates VALUES(1,0,'n_plus_one','N+1 in the queries',0,'statements and eager loading are not both bad');
INSERT INTO gates VALUES(1,1,'no_foreign_keys','No foreign keys',0,'posts.user_id is a foreign key');
INSERT INTO gates VALUES(1,2,'integrity','Integrity of the grading',0,'no such flag was raised');
CREATE TABLE flags (
  run_id    INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  position  INTEGER NOT NULL,
  flag      TEXT NOT NULL,
  path      TEXT NOT NULL,
  line      INTEGER NOT NULL,
  detail    TEXT NOT NULL,
  PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO flags VALUES(1,0,'instructions_to_grader','README.md',7,'text addressed to whoever grades this');
CREATE TABLE queries (
  run_id    INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  position  INTEGER NOT NULL,
  ref       TEXT NOT NULL,
  role      TEXT NOT NULL,
  path      TEXT NOT NULL,
  line      INTEGER NOT NULL,
  PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO queries VALUES(1,0,'app/queries.py::posts_of','posts_with_comments','app/queries.py',18);
INSERT INTO queries VALUES(1,1,'app/queries.py::posts_eager','eager','app/queries.py',30);
INSERT INTO queries VALUES(1,2,'app/queries.py::posts_naive','bad_example','app/queries.py',44);
INSERT INTO queries VALUES(1,3,'app/queries.py::count_tags','other','app/queries.py',55);
CREATE TABLE migrations (
  run_id     INTEGER PRIMARY KEY REFERENCES runs ON DELETE CASCADE,
  kind       TEXT NOT NULL,
  directory  TEXT NOT NULL,
  revisions  INTEGER NOT NULL,
  heads      INTEGER NOT NULL
) STRICT;
INSERT INTO migrations VALUES(1,'alembic','migrations',1,1);
CREATE INDEX rubrics_digest ON rubrics (digest);
CREATE INDEX rubric_checks_check ON rubric_checks (rubric_id, check_id);
CREATE INDEX submissions_candidate ON submissions (candidate_id);
CREATE INDEX submissions_commit ON submissions (commit_id);
CREATE INDEX runs_submission ON runs (submission_id);
CREATE INDEX runs_rubric ON runs (rubric_id);
CREATE INDEX runs_facts ON runs (facts_id);
CREATE INDEX runs_graded_at ON runs (graded_at);
CREATE INDEX verdicts_check ON verdicts (check_id, outcome);
CREATE INDEX check_scores_check ON check_scores (run_id, check_id);
COMMIT;
