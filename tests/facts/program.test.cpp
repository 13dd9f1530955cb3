// SPDX-License-Identifier: MIT
#include "engine/facts/program.hpp"

#include "engine/facts/interpreter.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/memory_snapshot.hpp"

#include <string>
#include <vector>

using namespace assay;
using namespace assay::facts;
using assay::test::memory_snapshot;

namespace {

/// Compact text of a value, for comparing.
std::string show(const Value& value)
{
  const auto list = [](const std::vector<ValueRef>& items) {
    std::string out;
    for (const ValueRef item : items) {
      out += (out.empty() ? "" : ", ") + show(*item);
    }
    return out;
  };
  switch (value.kind) {
  case ValueKind::unknown:
    return "?" + value.text;
  case ValueKind::none:
    return "None";
  case ValueKind::boolean:
    return value.truth ? "True" : "False";
  case ValueKind::integer:
  case ValueKind::real:
    return value.text;
  case ValueKind::string:
    return "'" + value.text + "'";
  case ValueKind::format_string:
    return "f'" + value.text + "'(" + list(value.items) + ")";
  case ValueKind::list:
    return "[" + list(value.items) + "]";
  case ValueKind::tuple:
    return "(" + list(value.items) + ")";
  case ValueKind::set:
    return "{" + list(value.items) + "}";
  case ValueKind::dict: {
    std::string out;
    for (std::size_t i = 0; i < value.items.size(); ++i) {
      out += (out.empty() ? "" : ", ")
             + (value.keys[i] == nullptr ? "**" : show(*value.keys[i]) + ": ")
             + show(*value.items[i]);
    }
    return "{" + out + "}";
  }
  case ValueKind::symbol:
    return value.text;
  case ValueKind::module_ref:
    return "module " + value.module->name;
  case ValueKind::class_ref:
    return "class " + value.class_info->qualified;
  case ValueKind::function_ref:
    return "def " + value.function->qualified;
  case ValueKind::call: {
    std::string arguments = list(value.items);
    for (const auto& [name, item] : value.keywords) {
      arguments += (arguments.empty() ? "" : ", ") + name + "=" + show(*item);
    }
    return show(*value.base) + "(" + arguments + ")";
  }
  case ValueKind::attribute:
    return show(*value.base) + "." + value.text;
  case ValueKind::subscript:
    return show(*value.base) + "[" + list(value.items) + "]";
  case ValueKind::operation:
    return "(" + value.text + " " + list(value.items) + ")";
  case ValueKind::lambda:
    return "lambda";
  case ValueKind::parameter:
    return "$" + value.text;
  case ValueKind::element:
    return "each<" + show(*value.base) + ">";
  case ValueKind::either:
    return "either(" + list(value.items) + ")";
  case ValueKind::comprehension:
    return "for<" + show(*value.base) + ">(" + list(value.items) + ")";
  }
  return {};
}

/// The module-level name `name` of module `module`.
std::string value_of(Program& program, const char* module, const char* name)
{
  const ModuleInfo* info = program.module(module);
  REQUIRE(info != nullptr);
  const ValueRef value = program.lookup(*info, name);
  return value == nullptr ? "nothing" : show(*value);
}

const FunctionInfo& function_named(const Program& program, const std::string& qualified)
{
  for (const ModuleInfo* module : program.modules()) {
    for (const FunctionInfo* function : module->functions) {
      if (function->qualified == qualified) {
        return *function;
      }
    }
  }
  FAIL("no function " << qualified);
  throw std::logic_error("unreachable");
}

class Recorder : public Observer {
public:
  void on_call(const Value& call, const FlowContext& context) override
  {
    std::string line = show(call);
    line += context.loop_depth > 0 ? " @loop" + std::to_string(context.loop_depth) : "";
    line += context.after_exit ? " @dead" : "";
    line += context.in_main_guard ? " @main" : "";
    line += context.awaited ? " @awaited" : "";
    calls.push_back(line);
  }

  void on_attribute(const Value& attribute, const FlowContext& context) override
  {
    attributes.push_back(show(attribute) + (context.loop_depth > 0 ? " @loop" : ""));
  }

  void on_undefined(const syntax::Expr& name, const FlowContext& context) override
  {
    (void)context;
    undefined.emplace_back(name.text);
  }

  std::vector<std::string> calls;
  std::vector<std::string> attributes;
  std::vector<std::string> undefined;
};

} // namespace

TEST_CASE("library names are known whatever way they are imported")
{
  const Snapshot snapshot = memory_snapshot({{"models.py",
                                              "import sqlalchemy as sa\n"
                                              "from sqlalchemy import Column as C, orm\n"
                                              "import sqlalchemy.orm\n"
                                              "from sqlalchemy.orm import relationship\n"
                                              "a = sa.Column(sa.Integer)\n"
                                              "b = C('x', primary_key=True)\n"
                                              "c = orm.relationship('User')\n"
                                              "d = sqlalchemy.orm.mapped_column()\n"
                                              "e = relationship(lambda: 1)\n"}});
  Program program(snapshot);
  CHECK(value_of(program, "models", "a") == "sqlalchemy.Column(sqlalchemy.Integer)");
  CHECK(value_of(program, "models", "b") == "sqlalchemy.Column('x', primary_key=True)");
  CHECK(value_of(program, "models", "c") == "sqlalchemy.orm.relationship('User')");
  CHECK(value_of(program, "models", "d") == "sqlalchemy.orm.mapped_column()");
  CHECK(value_of(program, "models", "e") == "sqlalchemy.orm.relationship(lambda)");
  CHECK(sqlalchemy_call(*program.lookup(*program.module("models"), "d")) == "mapped_column");
}

TEST_CASE("modules are named as the candidate's own imports name them")
{
  struct Row {
    const char* path;
    const char* importer;
    const char* import;
    const char* name;
  };

  const auto row = GENERATE(values<Row>({
    {"models.py", "main.py", "import models\n", "models"},
    {"src/inkwell/models.py",
     "src/inkwell/db.py",
     "from inkwell.models import X\n",
     "inkwell.models"},
    {"src/inkwell/models.py", "src/inkwell/db.py", "from .models import X\n", "inkwell.models"},
    {"backend/app/models.py", "backend/app/main.py", "from app.models import X\n", "app.models"},
    {"backend/app/models.py", "backend/alembic/env.py", "from app import models\n", "app.models"},
    {"app/models.py", "app/main.py", "from models import X\n", "models"},
    {"app/models.py", "run.py", "from app.models import X\n", "app.models"},
    {"a/b/c/models.py", "a/b/c/other.py", "import os\n", "a.b.c.models"},
    {"0001_create.py", "main.py", "import os\n", "path:0001_create.py"},
  }));
  CAPTURE(row.path, row.import);
  const Snapshot snapshot = memory_snapshot({{row.path, "X = 1\n"}, {row.importer, row.import}});
  const Program program(snapshot);
  REQUIRE(program.module_at(row.path) != nullptr);
  CHECK(program.module_at(row.path)->name == row.name);
}

TEST_CASE("names are followed through packages, stars, re-exports and circles")
{
  const Snapshot snapshot = memory_snapshot({
    {"app/__init__.py", "from .models import *\nfrom .db import Base as Root\n"},
    {"app/models/__init__.py",
     "from .user import User\nfrom .post import Post\n__all__ = ['User', 'Post']\n"},
    {"app/models/user.py",
     "from app.db import Base\nfrom app.models.post import Post\nclass User(Base):\n    pass\n"},
    {"app/models/post.py",
     "from app.db import Base\nfrom app.models.user import User\nclass Post(Base):\n    pass\n"},
    {"app/db.py",
     "from sqlalchemy.orm import DeclarativeBase\nclass Base(DeclarativeBase):\n    pass\n"},
    {"main.py",
     "import app\nimport app.models as m\nfrom app import User, Root\na = app.Post\nb = "
     "m.user.User\nc = User\n"},
  });
  Program program(snapshot);
  CHECK(value_of(program, "main", "a") == "class app.models.post.Post");
  CHECK(value_of(program, "main", "b") == "class app.models.user.User");
  CHECK(value_of(program, "main", "c") == "class app.models.user.User");
  CHECK(value_of(program, "main", "Root") == "class app.db.Base");
  const ValueRef user = program.lookup(*program.module("app.models"), "User");
  REQUIRE(user != nullptr);
  const auto bases = program.library_bases(*user->class_info);
  REQUIRE(bases.size() == 1);
  CHECK(sqlalchemy_name(*bases.front()) == "DeclarativeBase");
}

TEST_CASE("a folder named alembic does not hide the library")
{
  const Snapshot snapshot = memory_snapshot({
    {"alembic/__init__.py", ""},
    {"alembic/env.py", "from alembic import context\nfrom alembic import op\n"},
    {"alembic/versions/1.py", "down_revision = None\ndef upgrade(): pass\n"},
  });
  Program program(snapshot);
  const ModuleInfo* env = program.module_at("alembic/env.py");
  REQUIRE(env != nullptr);
  CHECK(show(*program.lookup(*env, "op")) == "alembic.op");
}

TEST_CASE("helpers, constants and loops are evaluated as far as they are known")
{
  struct Row {
    const char* code;
    const char* value;
  };

  const auto row = GENERATE(values<Row>({
    {"N = 50\nv = sa.String(N * 2)\n", "sqlalchemy.String(100)"},
    {"def fk(t, **kw):\n    return sa.ForeignKey(t + '.id', ondelete='CASCADE')\nv = fk('users')\n",
     "sqlalchemy.ForeignKey('users.id', ondelete='CASCADE')"},
    {"def stamps():\n    return [sa.Column('a'), sa.Column('b')]\nv = sa.Table('t', *stamps())\n",
     "sqlalchemy.Table('t', sqlalchemy.Column('a'), sqlalchemy.Column('b'))"},
    {"def stamps():\n    cols = []\n    for n in ('a', 'b'):\n        cols.append(sa.Column(n))\n  "
     "  return cols\nv = stamps()\n",
     "[sqlalchemy.Column('a'), sqlalchemy.Column('b')]"},
    {"def col(n, *a, **kw):\n    return sa.Column(n, *a, **kw)\nv = col('x', 1, index=True)\n",
     "sqlalchemy.Column('x', 1, index=True)"},
    {"kw = {'nullable': False}\nv = sa.Column('x', **kw)\n",
     "sqlalchemy.Column('x', nullable=False)"},
    {"v = sa.Column('x', **unknown())\n", "sqlalchemy.Column('x', =?unknown())"},
    {"t = 'post'\nv = f'{t}s'\n", "'posts'"},
    {"v = [n.lower() for n in ('A', 'B')]\n", "['a', 'b']"},
    {"def choose(x):\n    if x:\n        return 1\n    return 2\nv = choose(unknown)\n",
     "either(1, 2)"},
    {"def rec(n):\n    return rec(n)\nv = rec(1)\n", "def m.rec(1)"},
    {"a = b\nb = a\nv = a\n", "?a"},
    {"v = {'a': 1}['a']\n", "1"},
    {"class Len:\n    TITLE = 200\nv = sa.String(Len.TITLE)\n", "sqlalchemy.String(200)"},
    {"try:\n    import ujson as json\nexcept ImportError:\n    json = None\nv = json.x\n",
     "ujson.x"},
    {"cols = lambda n: sa.Column(n)\nv = cols('q')\n", "sqlalchemy.Column('q')"},
  }));
  CAPTURE(row.code);
  const Snapshot snapshot =
    memory_snapshot({{"m.py", std::string("import sqlalchemy as sa\n") + row.code}});
  Program program(snapshot);
  CHECK(value_of(program, "m", "v") == row.value);
}

TEST_CASE("a quoted annotation is read like a plain one")
{
  const Snapshot snapshot = memory_snapshot(
    {{"m.py",
      "from typing import List, Optional\nfrom sqlalchemy.orm import Mapped\nclass Post: pass\n"
      "class User:\n    posts: Mapped[List['Post']]\n    nick: 'Mapped[Optional[str]]'\n    a: "
      "Mapped['str | None']\n"}});
  Program program(snapshot);
  const ClassInfo& user = *program.module("m")->classes.at(1);
  const auto annotation = [&](std::size_t index) {
    return show(*program.annotation(*user.attributes.at(index).annotation, *user.module, &user));
  };
  CHECK(annotation(0) == "sqlalchemy.orm.Mapped[typing.List[class m.Post]]");
  CHECK(annotation(1) == "sqlalchemy.orm.Mapped[typing.Optional[str]]");
  CHECK(annotation(2) == "sqlalchemy.orm.Mapped[(| str, None)]");
}

TEST_CASE("a walk follows control flow and says where each call stands")
{
  const Snapshot snapshot =
    memory_snapshot({{"q.py",
                      "from sqlalchemy import select\n"
                      "class Post: pass\n"
                      "def base(user):\n    return select(Post).where(Post.user == user)\n"
                      "def run(session, user, drafts=False):\n"
                      "    stmt = base(user)\n"
                      "    if not drafts:\n        stmt = stmt.where(Post.draft)\n"
                      "    for post in session.scalars(stmt):\n"
                      "        print(post.comments)\n"
                      "    return [p.title for p in session.scalars(stmt)]\n"
                      "    session.close()\n"}});
  Program program(snapshot);
  Recorder recorder;
  Interpreter interpreter(program);
  interpreter.run(function_named(program, "q.run"), {}, recorder);
  const std::string chain = "sqlalchemy.select(class q.Post).where((== class q.Post.user, $user))";
  const std::string both = "either(" + chain + ", " + chain + ".where(class q.Post.draft))";
  CHECK(recorder.calls
        == std::vector<std::string>{"def q.base($user)",
                                    "sqlalchemy.select(class q.Post)",
                                    chain,
                                    chain + ".where(class q.Post.draft)",
                                    "$session.scalars(" + both + ")",
                                    "print(each<$session.scalars(" + both + ")>.comments) @loop1",
                                    "$session.scalars(" + both + ")",
                                    "$session.close() @dead"});
  CHECK(
    std::ranges::find(recorder.attributes, "each<$session.scalars(" + both + ")>.comments @loop")
    != recorder.attributes.end());
  CHECK(recorder.undefined.empty());
}

TEST_CASE("names that nobody defines are reported")
{
  const Snapshot snapshot =
    memory_snapshot({{"r.py",
                      "import sqlalchemy as sa\ndef upgrade():\n    sqlmodel.sql.AutoString()\n    "
                      "print(len([1]), sa.x)\n"}});
  Program program(snapshot);
  Recorder recorder;
  Interpreter interpreter(program);
  interpreter.run(function_named(program, "r.upgrade"), {}, recorder);
  CHECK(recorder.undefined == std::vector<std::string>{"sqlmodel"});
}

TEST_CASE("await, main guards and methods are seen")
{
  const Snapshot snapshot = memory_snapshot(
    {{"m.py",
      "class Repo:\n"
      "    def __init__(self, session):\n        self.session = session\n"
      "    async def one(self):\n        return await self.session.scalars(self.stmt())\n"
      "    def stmt(self):\n        return 1\n"
      "if __name__ == '__main__':\n    print(Repo(2))\n"}});
  Program program(snapshot);
  Recorder recorder;
  Interpreter interpreter(program);
  interpreter.run(function_named(program, "m.Repo.one"), {}, recorder);
  CHECK(recorder.calls
        == std::vector<std::string>{"def m.Repo.stmt()", "$self.session.scalars(1) @awaited"});
  Recorder module;
  interpreter.run_module(*program.module("m"), module);
  CHECK(module.calls
        == std::vector<std::string>{"class m.Repo(2) @main", "print(class m.Repo(2)) @main"});
}

TEST_CASE("hostile code ends within the limits")
{
  std::string code = "def f(x):\n    return x\nv = f(1)\n";
  for (int i = 0; i < 12; ++i) {
    code += "def g" + std::to_string(i) + "(x):\n    return [";
    for (int j = 0; j < 12; ++j) {
      code += (i == 0 ? std::string("f") : "g" + std::to_string(i - 1)) + "(x), ";
    }
    code += "]\n";
  }
  code += "w = g11(1)\n";
  const Snapshot snapshot = memory_snapshot({{"m.py", code}});
  Program program(snapshot);
  CHECK(value_of(program, "m", "v") == "1");
  CHECK(program.lookup(*program.module("m"), "w") != nullptr);
}

TEST_CASE("files in other encodings are read, binary ones are not")
{
  const Snapshot snapshot = memory_snapshot({
    {"latin.py", "name = 'caf\xE9'\n"},
    {"utf16.py",
     std::string("\xFF\xFEx\0=\0"
                 "1\0\n\0",
                 10)},
    {"binary.py", std::string("a\0b", 3)},
    {"venv/lib/python3.11/site-packages/sqlalchemy/__init__.py", "x = 1\n"},
    {"tests/test_a.py", "x = 1\n"},
  });
  Program program(snapshot);
  CHECK(value_of(program, "latin", "name") == "'café'");
  CHECK(value_of(program, "utf16", "x") == "1");
  CHECK(program.module_at("binary.py") == nullptr);
  CHECK(program.module_at("venv/lib/python3.11/site-packages/sqlalchemy/__init__.py") == nullptr);
  CHECK(program.module_at("tests/test_a.py")->role == FileRole::test);
}
