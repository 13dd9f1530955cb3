// SPDX-License-Identifier: MIT
#include "sandbox/cell/slot.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/sandbox.hpp"

using namespace assay;
using wire::Value;

namespace {

constexpr std::string_view k_submission = R"(
import sqlite3
from sqlalchemy import ForeignKey, String, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, selectinload

class Base(DeclarativeBase):
    pass

class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(80), unique=True)
    posts: Mapped[list["Post"]] = relationship(back_populates="author")

class Post(Base):
    __tablename__ = "posts"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    author: Mapped[User] = relationship(back_populates="posts")

engine = create_engine("sqlite:////assay/main")

def create():
    Base.metadata.create_all(engine)

def titles(eager):
    with Session(engine) as session:
        statement = select(User).order_by(User.id)
        if eager:
            statement = statement.options(selectinload(User.posts))
        return [[p.title for p in u.posts] for u in session.scalars(statement)]

def twice():
    with Session(engine) as session:
        session.add_all([User(email="same"), User(email="same")])
        session.commit()
)";

Value call(std::string_view function, Value::List arguments = {})
{
  return Value(Value::Dict{
    {"module", "case"}, {"function", std::string(function)}, {"arguments", std::move(arguments)}});
}

cell::SlotPlan plan_of_slot()
{
  cell::SlotPlan plan;
  plan.cell = test::plan_of_cell();
  plan.broker = std::filesystem::path(ASSAY_BUILD_DIR) / "sandbox/broker/assay-broker";
  return plan;
}

std::int64_t selects_in(const cell::Run::Log& log, int step)
{
  return std::ranges::count_if(log.statements, [&](const broker::LoggedStatement& statement) {
    return statement.step == step && statement.kind == "select";
  });
}

} // namespace

TEST_CASE("The engine seeds, counts and reads the candidate's database from outside")
{
  if (!test::runtime_root()) {
    WARN("not run: the runtime sqlalchemy-2.0 is not installed");
    return;
  }
  auto slot = cell::Slot::open(plan_of_slot());
  if (!slot) {
    FAIL(describe(slot.failure()));
  }
  auto files = cell::pack(std::vector<cell::SubmittedFile>{{"case.py", k_submission}});
  REQUIRE(files);
  auto run = (*slot)->start(*files, {});
  if (!run) {
    FAIL(describe(run.failure()));
  }

  CHECK((*run)->step("call", call("create")).kind == cell::Reply::Kind::value);
  broker::Client& databases = (*run)->databases();
  auto tables = databases.execute(
    "/assay/main", "SELECT name FROM sqlite_master WHERE type='table' ORDER BY name");
  REQUIRE(tables);
  CHECK(tables->rows == std::vector<Value::List>{{Value("posts")}, {Value("users")}});

  REQUIRE(databases.execute_many(
    "/assay/main",
    "INSERT INTO users(id, email) VALUES (?, ?)",
    {Value(Value::List{1, "a"}), Value(Value::List{2, "b"}), Value(Value::List{3, "c"})}));
  REQUIRE(databases.execute_many("/assay/main",
                                 "INSERT INTO posts(id, title, author_id) VALUES (?, ?, ?)",
                                 {Value(Value::List{1, "x", 1}), Value(Value::List{2, "y", 3})}));

  const Value expected(
    Value::List{Value(Value::List{"x"}), Value(Value::List{}), Value(Value::List{"y"})});
  const cell::Reply lazy = (*run)->step("call", call("titles", {false}));
  const int lazy_step = (*run)->number();
  CHECK(lazy.value == expected);
  const cell::Reply eager = (*run)->step("call", call("titles", {true}));
  const int eager_step = (*run)->number();
  CHECK(eager.value == expected);

  const cell::Reply twice = (*run)->step("call", call("twice"));
  REQUIRE(twice.kind == cell::Reply::Kind::error);
  CHECK(*twice.value.member("type") == Value("sqlalchemy.exc.IntegrityError"));

  auto log = (*run)->log();
  REQUIRE(log);
  CHECK(log->unrecorded == 0);
  CHECK(selects_in(*log, lazy_step) == 4); // one for the users, one for each of them
  CHECK(selects_in(*log, eager_step) == 2);
  CHECK((*run)->finish().kind == cell::EndingKind::finished);
}

TEST_CASE("Each run starts with empty databases")
{
  if (!test::runtime_root()) {
    WARN("not run: the runtime sqlalchemy-2.0 is not installed");
    return;
  }
  auto slot = cell::Slot::open(plan_of_slot());
  REQUIRE(slot);
  auto files = cell::pack(std::vector<cell::SubmittedFile>{{"case.py", k_submission}});
  for (int i = 0; i < 3; ++i) {
    auto run = (*slot)->start(*files, {});
    REQUIRE(run);
    const auto before = (*run)->databases().databases();
    REQUIRE(static_cast<bool>(before));
    CHECK(before->empty());
    CHECK((*run)->step("call", call("create")).kind == cell::Reply::Kind::value);
    const auto after = (*run)->databases().databases();
    REQUIRE(static_cast<bool>(after));
    CHECK(after->size() == 1);
    (*run)->finish();
  }
}

TEST_CASE("Every runtime that is installed runs a submission, at every level")
{
  struct Row {
    std::string runtime;
    std::string version;
  };

  const Row row = GENERATE(values<Row>({{"sqlalchemy-2.0", "2.0"}, {"sqlalchemy-1.4", "1.4"}}));
  const auto level = GENERATE(cell::Level::complete, cell::Level::filtered);
  const auto root = test::runtime_root(row.runtime);
  if (!root) {
    WARN("not run: the runtime " << row.runtime << " is not installed");
    return;
  }
  // In the style that both versions know.
  constexpr std::string_view k_code = R"(
import sqlalchemy
from sqlalchemy import Column, Integer, String, create_engine
from sqlalchemy.orm import declarative_base, sessionmaker

Base = declarative_base()

class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    email = Column(String(80), unique=True)

def work():
    engine = create_engine("sqlite:////assay/main")
    Base.metadata.create_all(engine)
    session = sessionmaker(bind=engine)()
    session.add_all([User(email="a"), User(email="b")])
    session.commit()
    return [sqlalchemy.__version__[:3], session.query(User).filter_by(email="b").count()]
)";
  CAPTURE(row.runtime, cell::name_of(level));
  cell::SlotPlan plan = plan_of_slot();
  plan.cell.runtime = *root;
  if (level == cell::Level::filtered) {
    plan.cell.level = level;
  }
  auto slot = cell::Slot::open(plan);
  if (!slot) {
    FAIL(describe(slot.failure()));
  }
  auto files = cell::pack(std::vector<cell::SubmittedFile>{{"case.py", k_code}});
  REQUIRE(files);
  auto run = (*slot)->start(*files, {});
  REQUIRE(run);
  const cell::Reply reply = (*run)->step("call", call("work"));
  CHECK(reply.value == Value(Value::List{Value(row.version), Value(1)}));
  CHECK((*run)->finish().kind == cell::EndingKind::finished);
}

TEST_CASE("What a submission says of its folder is the same at every level")
{
  if (!test::runtime_root()) {
    WARN("not run: the runtime sqlalchemy-2.0 is not installed");
    return;
  }
  const auto level = GENERATE(cell::Level::complete, cell::Level::filtered);
  CAPTURE(cell::name_of(level));
  cell::SlotPlan plan = plan_of_slot();
  if (level == cell::Level::filtered) {
    plan.cell.level = level;
  }
  auto slot = cell::Slot::open(plan);
  REQUIRE(slot);
  auto files = cell::pack(std::vector<cell::SubmittedFile>{
    {"case.py", "import os\ndef work():\n    open(os.getcwd() + '/nothing')\n"}});
  REQUIRE(files);
  auto run = (*slot)->start(*files, {});
  REQUIRE(run);
  const cell::Reply reply = (*run)->step("call", call("work"));
  REQUIRE(reply.kind == cell::Reply::Kind::error);
  CHECK(*reply.value.member("message")
        == Value("[Errno 2] No such file or directory: '/repo/nothing'"));
  (*run)->finish();
}
