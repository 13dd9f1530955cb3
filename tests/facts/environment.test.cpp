// SPDX-License-Identifier: MIT
#include "engine/facts/extract.hpp"
#include "engine/facts/schema/dialect.hpp"
#include "engine/facts/schema/requirements.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/memory_snapshot.hpp"

#include <algorithm>

namespace assay::facts {

namespace {

using Files = std::initializer_list<std::pair<std::string, std::string>>;

EnvironmentFacts environment_of(Files files)
{
  const Snapshot snapshot = test::memory_snapshot(files);
  Program program(snapshot);
  return read_environment(program);
}

std::string requirements_of(const std::string& path, const std::string& text)
{
  std::string out;
  for (const Requirement& requirement : read_requirements(test::memory_snapshot({{path, text}}))) {
    out += requirement.name + requirement.version + (requirement.locked ? "!" : "") + " ";
  }
  return out;
}

} // namespace

TEST_CASE("Requirements are found wherever they are written")
{
  struct Row {
    const char* path;
    const char* text;
    const char* expected;
  };

  const auto row = GENERATE(values<Row>({
    {"requirements.txt",
     "# pinned\nSQLAlchemy[asyncio]==2.0.30 ; python_version > '3.8'\n-r "
     "base.txt\nFlask_SQLAlchemy >= 3.0  # db\nalembic\n",
     "sqlalchemy==2.0.30 flask-sqlalchemy>=3.0 alembic "},
    {"requirements/dev.txt",
     "psycopg2-binary>=2.9,<3\ngit+https://example.org/x.git\n",
     "psycopg2-binary>=2.9,<3 "},
    {"pyproject.toml",
     "[project]\nname = \"blog\"\ndependencies = [\n  \"sqlalchemy>=2.0,<2.1\",\n  "
     "'alembic',\n]\n[tool.ruff]\nselect = [\"E501\"]\n",
     "sqlalchemy>=2.0,<2.1 alembic "},
    {"pyproject.toml",
     "[tool.poetry.dependencies]\npython = \"^3.11\"\nSQLAlchemy = {version = \"^2.0.25\", extras "
     "= [\"asyncio\"]}\nalembic = \"*\"\n",
     "sqlalchemy^2.0.25 alembic "},
    {"Pipfile",
     "[[source]]\nurl = \"x\"\n[packages]\nsqlalchemy = \"~=1.4\"\n",
     "sqlalchemy~=1.4 "},
    {"setup.py",
     "from setuptools import setup\nsetup(name='x', install_requires=['sqlalchemy<2', "
     "'alembic'])\n",
     "sqlalchemy<2 alembic "},
    {"setup.cfg",
     "[options]\ninstall_requires =\n    sqlalchemy>=1.4\n    alembic\n",
     "sqlalchemy>=1.4 alembic "},
    {"environment.yml",
     "dependencies:\n  - python=3.11\n  - sqlalchemy=2.0.1\n  - pip:\n    - alembic==1.13\n",
     "python==3.11 sqlalchemy==2.0.1 alembic==1.13 "},
    {"poetry.lock",
     "[[package]]\nname = \"SQLAlchemy\"\nversion = \"2.0.29\"\n",
     "sqlalchemy==2.0.29! "},
    {"venv/requirements.txt", "sqlalchemy==1.3\n", ""},
  }));
  CAPTURE(row.path, row.text);
  CHECK(requirements_of(row.path, row.text) == row.expected);
}

TEST_CASE("A specifier names a major version of SQLAlchemy or leaves it open")
{
  struct Row {
    const char* version;
    int major;
  };

  const auto row = GENERATE(values<Row>({
    {"==2.0.30", 20},
    {"==1.4.54", 14},
    {">=2.0", 20},
    {">=2", 20},
    {"~=2.0.30", 20},
    {"^2.0.25", 20},
    {"^1.4", 14},
    {"<2", 14},
    {"<2.0", 14},
    {">=1.4,<2", 14},
    {">=1.4,<2.1", 0},
    {">=1.4", 0},
    {"", 0},
    {"==2.1.0b4", 21},
    {">=2.1", 21},
    {"==2.*", 20},
    {"!=2.0.1", 0},
    {"==1.4.*", 14},
  }));
  CAPTURE(row.version);
  CHECK(sqlalchemy_major(row.version) == row.major);
}

TEST_CASE("The evident database is the one that the strongest hint names")
{
  struct Row {
    const char* what;
    std::vector<std::pair<std::string, std::string>> files;
    Dialect dialect;
  };

  const std::vector<Row> rows = {
    {"nothing", {{"a.py", "x = 1\n"}}, Dialect::unknown},
    {"URL in code", {{"a.py", "engine = create_engine('sqlite:///blog.db')\n"}}, Dialect::sqlite},
    {"URL in code beats a driver",
     {{"a.py", "u = os.getenv('DATABASE_URL', 'sqlite:///b.db')\n"},
      {"requirements.txt", "psycopg2\n"}},
     Dialect::sqlite},
    {"composed URL",
     {{"a.py", "u = f'postgresql+asyncpg://{user}:{word}@{host}/{name}'\n"}},
     Dialect::postgresql},
    {"a prefix that is replaced says nothing",
     {{"a.py", "u = u.replace('postgres://', 'postgresql://')\n"},
      {".env.example", "DATABASE_URL=mysql+pymysql://u:p@h/d\n"}},
     Dialect::mysql},
    {"alembic.ini",
     {{"alembic.ini", "[alembic]\nsqlalchemy.url = postgresql://localhost/blog\n"}},
     Dialect::postgresql},
    {"Alembic's placeholder is no hint",
     {{"alembic.ini", "sqlalchemy.url = driver://user:pass@localhost/dbname\n"},
      {"requirements.txt", "psycopg[binary]>=3\n"}},
     Dialect::postgresql},
    {"a commented URL is no hint",
     {{"alembic.ini", "# sqlalchemy.url = mysql://x/y\n"}},
     Dialect::unknown},
    {"compose file",
     {{"docker-compose.yml", "services:\n  db:\n    image: postgres:15\n"}},
     Dialect::postgresql},
    {"in memory is for trying out",
     {{"a.py", "e = create_engine('sqlite://')\n"}, {"requirements.txt", "asyncpg\n"}},
     Dialect::postgresql},
    {"in memory alone", {{"a.py", "e = create_engine('sqlite:///:memory:')\n"}}, Dialect::sqlite},
    {"two URLs, the driver decides",
     {{"a.py", "A = 'sqlite:///dev.db'\nB = 'postgresql://h/d'\n"},
      {"requirements.txt", "psycopg2-binary\n"}},
     Dialect::postgresql},
    {"dialect import",
     {{"a.py", "from sqlalchemy.dialects.postgresql import JSONB\n"}},
     Dialect::postgresql},
    {"tests do not count",
     {{"tests/conftest.py", "e = create_engine('mysql://h/d')\n"}},
     Dialect::unknown},
    {"README last", {{"README.md", "Runs on PostgreSQL.\n"}}, Dialect::postgresql},
    {"SQL of one database",
     {{"schema.sql", "CREATE TABLE t (id INT AUTO_INCREMENT);\n"}},
     Dialect::mysql},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    Snapshot snapshot;
    for (const auto& [path, text] : row.files) {
      test::add_file(snapshot, path, text);
    }
    Program program(snapshot);
    const EnvironmentFacts facts = read_environment(program);
    CHECK(facts.dialect == row.dialect);
    CHECK(facts.dialect_evidence.empty() == (row.dialect == Dialect::unknown));
  }
}

TEST_CASE("Another technology is named when the graded code does not use SQLAlchemy")
{
  struct Row {
    const char* what;
    const char* code;
    bool uses_sqlalchemy;
    const char* other;
  };

  const auto row = GENERATE(values<Row>({
    {"SQLAlchemy", "from sqlalchemy import Column\n", true, ""},
    {"SQLModel", "import sqlmodel\n", true, ""},
    {"Django", "from django.db import models\n", false, "django"},
    {"Peewee", "from peewee import Model\n", false, "peewee"},
    {"SQL by hand", "import sqlite3\n", false, "raw-sql"},
    {"SQL in a string", "q = 'CREATE TABLE users (id int)'\n", false, "raw-sql"},
    {"nothing", "print('hello')\n", false, "none"},
  }));
  CAPTURE(row.what);
  const EnvironmentFacts facts =
    environment_of({{"requirements.txt", "sqlalchemy==2.0\n"}, {"app.py", row.code}});
  CHECK(facts.uses_sqlalchemy == row.uses_sqlalchemy);
  CHECK(facts.other_technology == row.other);
}

TEST_CASE("Versions come from pins, else from idioms, else stay open")
{
  CHECK(environment_of({{"requirements.txt", "sqlalchemy==1.4.46\n"}}).sqlalchemy_major == 14);
  CHECK(environment_of({{"requirements.txt", "sqlalchemy==1.4.46\n"}}).sqlalchemy_pin
        == "==1.4.46");
  CHECK(environment_of({{"a.py", "from sqlalchemy.orm import DeclarativeBase\n"}}).sqlalchemy_major
        == 20);
  CHECK(environment_of({{"a.py", "from sqlalchemy import MetaData\nengine.execute('x')\n"}})
          .sqlalchemy_major
        == 14);
  CHECK(environment_of({{"a.py", "from sqlalchemy import Column\n"}}).sqlalchemy_major == 0);
}

TEST_CASE("Third-party modules are those that are neither Python's nor the candidate's")
{
  const EnvironmentFacts facts = environment_of({
    {"app/__init__.py", ""},
    {"app/main.py",
     "import os, json\nimport fastapi\nfrom app import db\nfrom .db import x\nfrom acme.orm import "
     "Base\n"},
    {"app/db.py", "from sqlalchemy.ext.asyncio import AsyncSession\n"},
  });
  CHECK(facts.foreign_modules == std::vector<std::string>{"acme", "fastapi", "sqlalchemy"});
  CHECK(facts.frameworks == std::vector<std::string>{"fastapi"});
  CHECK(facts.uses_async);
}

} // namespace assay::facts
