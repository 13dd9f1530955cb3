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
INSERT INTO schema_migrations VALUES(1,'rubrics, submissions, facts, runs and their verdicts','2026-11-22T17:14:19Z');
CREATE TABLE rubrics (
  id              INTEGER PRIMARY KEY,
  name            TEXT NOT NULL,
  version         TEXT NOT NULL,
  title           TEXT NOT NULL,
  digest          TEXT NOT NULL,
  content_digest  TEXT NOT NULL UNIQUE,
  content         TEXT NOT NULL
) STRICT;
INSERT INTO rubrics VALUES(1,'sqlalchemy-blog','1','SQLAlchemy blog','sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','sha256:95d911bc0e055a30c136717cbedb51f22dad8c389a7ef4c71adb9accd647e5a2','{"id":"sqlalchemy-blog","version":"1","title":"SQLAlchemy blog","digest":"sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","path":"","entities":[{"id":"user","title":"Users","names":[],"hints":[],"unlike":[],"columns":[],"required":true,"many_columns":true,"position":{"line":0,"column":0}},{"id":"post","title":"Posts","names":[],"hints":[],"unlike":[],"columns":[],"required":true,"many_columns":true,"position":{"line":0,"column":0}},{"id":"comment","title":"Comments","names":[],"hints":[],"unlike":[],"columns":[],"required":true,"many_columns":true,"position":{"line":0,"column":0}},{"id":"tag","title":"Tags","names":[],"hints":[],"unlike":[],"columns":[],"required":true,"many_columns":true,"position":{"line":0,"column":0}}],"relations":[],"queries":[{"id":"posts_with_comments","title":"","root":"","by":"","paths":[],"intent":[],"eager":false,"position":{"line":0,"column":0}},{"id":"eager","title":"","root":"","by":"","paths":[],"intent":[],"eager":true,"position":{"line":0,"column":0}}],"categories":[{"id":"models","title":"Model definitions","weight":35,"static_cap":1.0,"position":{"line":0,"column":0}},{"id":"relationships","title":"Relationships and foreign keys","weight":25,"static_cap":1.0,"position":{"line":0,"column":0}},{"id":"queries","title":"Optimized queries","weight":20,"static_cap":1.0,"position":{"line":0,"column":0}},{"id":"migration","title":"Working migration","weight":20,"static_cap":1.0,"position":{"line":0,"column":0}}],"checks":[{"id":"models.entities-present","kind":"sample.kind","category":"models","title":"Users, posts, comments and tags are mapped classes","points":4000,"static_cap":1.0,"partial":{},"messages":{},"advice":"","topics":["complex-model"],"params":{"kind":"scalar","text":"","items":[],"fields":[],"position":{"line":0,"column":0},"key_position":{"line":0,"column":0}},"hidden":false,"position":{"line":0,"column":0},"positions":{}},{"id":"models.user-identity-unique","kind":"sample.kind","category":"models","title":"A login identity is unique and required","points":3000,"static_cap":1.0,"partial":{},"messages":{},"advice":"","topics":[],"params":{"kind":"scalar","text":"","items":[],"fields":[],"position":{"line":0,"column":0},"key_position":{"line":0,"column":0}},"hidden":false,"position":{"line":0,"column":0},"positions":{}},{"id":"models.required-not-null","kind":"sample.kind","category":"models","title":"Required columns are NOT NULL","points":3000,"static_cap":1.0,"partial":{},"messages":{},"advice":"","topics":[],"params":{"kind":"scalar","text":"","items":[],"fields":[],"position":{"line":0,"column":0},"key_position":{"line":0,"column":0}},"hidden":false,"position":{"line":0,"column":0},"positions":{}},{"id":"relationships.post-author-fk","kind":"sample.kind","category":"relationships","title":"Posts refer to their author by a foreign key","points":4000,"static_cap":1.0,"partial":{},"messages":{},"advice":"","topics":[],"params":{"kind":"scalar","text":"","items":[],"fields":[],"position":{"line":0,"column":0},"key_position":{"line":0,"column":0}},"hidden":false,"position":{"line":0,"column":0},"positions":{}},{"id":"relationships.post-tags-many-to-many","kind":"sample.kind","category":"relationships","title":"Posts and tags are many-to-many","points":4000,"static_cap":1.0,"partial":{},"messages":{},"advice":"Use a link table with two foreign keys and relationship(secondary=...).","topics":["many-to-many"],"params":{"kind":"scalar","text":"","items":[],"fields":[],"position":{"line":0,"column":0},"key_position":{"line":0,"column":0}},"hidden":false,"position":{"line":0,"column":0},"positions":{}},{"id":"relationships.self-reference-correct","kind":"sample.kind","category":"relationships","title":"Threads of comments refer to themselves correctly","points":2000,"static_cap":1.0,"partial":{},"messages":{},"advice":"","topics":[],"params":{"kind":"scalar","text":"","items":[],"fields":[],"position":{"line":0,"column":0},"key_position":{"line":0,"column":0}},"hidden":false,"position":{"line":0,"column":0},"positions":{}},{"id":"queries.posts-by-user-constant-statements","kind":"sample.kind","category":"queries","title":"Posts with comments cost a constant number of statements","points":6000,"static_cap":1.0,"partial":{},"messages":{},"advice":"","topics":["lazy-vs-eager"],"params":{"kind":"scalar","text":"","items":[],"fields":[],"position":{"line":0,"column":0},"key_position":{"line":0,"column":0}},"hidden":false,"position":{"line":0,"column":0},"positions":{}},{"id":"queries.eager-loading-effective","kind":"sample.kind","category":"queries","title":"Eager loading reaches the comments","points":4000,"static_cap":1.0,"partial":{},"messages":{},"advice":"","topics":["lazy-vs-eager"],"params":{"kind":"scalar","text":"","items":[],"fields":[],"position":{"line":0,"column":0},"key_position":{"line":0,"column":0}},"hidden":false,"position":{"line":0,"column":0},"positions":{}},{"id":"migration.upgrade-clean","kind":"sample.kind","category":"migration","title":"The migration upgrades an empty database","points":7000,"static_cap":1.0,"partial":{},"messages":{},"advice":"","topics":[],"params":{"kind":"scalar","text":"","items":[],"fields":[],"position":{"line":0,"column":0},"key_position":{"line":0,"column":0}},"hidden":false,"position":{"line":0,"column":0},"positions":{}},{"id":"migration.single-head","kind":"sample.kind","category":"migration","title":"The revisions have one head","points":3000,"static_cap":1.0,"partial":{},"messages":{},"advice":"","topics":[],"params":{"kind":"scalar","text":"","items":[],"fields":[],"position":{"line":0,"column":0},"key_position":{"line":0,"column":0}},"hidden":false,"position":{"line":0,"column":0},"positions":{}}],"bands":[{"id":"strong","at_least":85.0,"position":{"line":0,"column":0}},{"id":"good","at_least":70.0,"position":{"line":0,"column":0}},{"id":"mixed","at_least":50.0,"position":{"line":0,"column":0}},{"id":"weak","at_least":0.0,"position":{"line":0,"column":0}}],"gates":[],"topics":[{"id":"lazy-vs-eager","title":"Lazy versus eager loading","question":"When would you use selectin, when joined loading?","position":{"line":0,"column":0}},{"id":"many-to-many","title":"Modelling a many-to-many","question":"How do you model posts and tags, and why?","position":{"line":0,"column":0}},{"id":"complex-model","title":"A complex model","question":"Describe a complex model you designed.","position":{"line":0,"column":0}}],"flag_weights":{"instructions_to_grader":"notice","shadowed_library":"cheat"}}');
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
INSERT INTO facts VALUES(1,'sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',1,'reading','sha256:d0cf659be4e14aaeeb8ebd9208ab248823ec109c3c2033e226e32a8cdb619829',5175,X'789ced584b8fdc360cfe2b864e2d30dd9db44913f856a0414fbdf41a2c04ad45dbeaca92579267d618ec7f2f29c91e7b1e69d206c11e16030c6c52e24b1f49d107b603e79535ac7cb361b5d2e059f9e9c07a115a5632d1f7b79d95a0fd4d3fb20d735603921b2724487c47de1029f8ac95a1cdbf6e370c4c65a5320d328650fff401b9bd701eb794c10db0617e34413c7170ce3a5278f7bc59e97c1cc029f88e4a3b85e203c6c1dfe680f8dbed76fb862ba382127a65c9bcf89b1a7347bb76ca59d38109ac3c30898aa1c247d65b1f1a07fe51a3a04ce6b05312f500ed46818f5ae8aa856ee4bd32c9a005ad137f5bc7ca9fd1b6da890ef6d63df8b4d3c1e3a01c90d64ca9ad03d5189e9ccbc4c183e702edae58590bed21938e4a26df6c68c1f100556bacb6cd48c63ca335b4489063f7c22b94ca8c35806656d6d4932bdb1bb4b0d2c2fb496f10f7b30d0e743aa556f599d44110520491de54d75b87a1a96b8c505ed13b8b12bafc56d9aed710e8c84614bb618de8331a98137b7287bf7c4b73827c918942ebc9b003da559fe5585912be3cb735ee37088e8cb84cb17b032e01ea41194430ab075365fcab534c20cc5142003707220cce70618c0d2969a224692b1f5cca906875b7c09f563bb261300f0695d36a10923b107eda7e8feff0242840b3e6056db5169f65079ce447f579b9477396a0175505c7b3a4a8e5c7fb41e940b8c88986ab921b47fbf64e05da994593370ac3b76f55b2259582cced140a300d177ba1c24c4d71c2749acc3ae54c811a0c1d8cd1e3bc40e8bd183d7742f99511c60f1d9ddcd1aacb7842fb316181c074ad065369c316f181a4e8a14bed028ce4474680272a5512ea6202cf0f39569b022b85e34afe58b267aaba9f432188068d3e01e2447cc5e22b1613e47ed95ec12231ceb018f1f39fe0680401e0048e13f1c5c33135e48b68445014e454e1f1c08ac9a357807e2b80be7d7b05a0c43803688cff570234bac78368fc119f2bda8b87e76bb5fc4e607cf7ee0a1889b100e3113e97b178371fca7c03fdb7abea715afa82cb6a86290e38ddbdaae2b0e3f07e6cddb81ad2a6ad0dcf6eb3383caddfa6518a6b2ba45f9dfa92bbbe744f9774be47c572b569662939059fd6f0e5b53f51cec291c8a767359fcea2956d978773ec64343f391cf8e2641a2ff28a8ca311358e96933c89a6f2e542ca02274cd5721c02604a0c093d6a21304e5e7b8f1d3203154f380047573361e8e3ec9db7a286c56be69dbb3caffb1ceb04f84706747d58a449df6b55c5a3e7696eba3830fdaff812b45b8840f994e28a0434a66fb97d58e12011d7aa971848cfe76e6ba803173516587e12c430f6b881f827313e17e2018f6772ff7a19f83ad7a9a48e3aeea7b41ef9d4267c5a88e6497e8983bd60a024bac28edf073434a21a13ffe4cb01a4cf1b91f63c55963c1ea3d0066bf318c15e6b41ed4619ec3c4352c083e5314634169cbaffd7c7df7efff3e34d27e738bcbf52ffdecf71f8230af3658101171e8a065b59510f5a179d700ffe865250620950d84de29e4248e9a8f1c822d862df5ad8812ba24dbe082dd639c294578d117a91b3a9e91276c12f9bc5f2730ef5fcb8187b53f0cbc5e942b7587b38733eeeb9a57fbefc769727b56b13dc1c879460453f9204721adb7fbcf966c21dfefe01b8b4f223');
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
