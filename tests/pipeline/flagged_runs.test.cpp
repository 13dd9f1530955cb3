// SPDX-License-Identifier: MIT
// Runs that raise flags: by what they do behind the steps, and by coming out otherwise when
// repeated.
#include "tests/support/catch.hpp"
#include "tests/support/executed.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace assay;

namespace {

constexpr std::string_view k_models = R"(
from sqlalchemy import Column, Integer
from sqlalchemy.orm import declarative_base
Base = declarative_base()
class User(Base):
    __tablename__ = 'users'
    id = Column(Integer, primary_key=True)
)";

/// Flags with this name after grading a folder with these files.
std::vector<std::string> flags_after(probe::Sandboxes& sandboxes,
                                     const std::vector<std::pair<std::string, std::string>>& files,
                                     std::string_view flag)
{
  const test::TemporaryFolder folder;
  for (const auto& [path, text] : files) {
    folder.write(path, text);
  }
  const RunRecord record = test::run_and_judge(sandboxes, folder.path(), test::blog_rubric());
  REQUIRE(record.facts.execution.ran);
  std::vector<std::string> details;
  for (const IntegrityFlag& found : record.facts.integrity) {
    if (found.flag == flag) {
      details.push_back(found.detail);
    }
  }
  return details;
}

} // namespace

TEST_CASE("a thread that works behind the steps is seen")
{
  auto sandboxes = test::open_sandboxes();
  if (!sandboxes) {
    return;
  }
  const std::string thread = R"(
import threading
from sqlalchemy import create_engine, text
engine = create_engine('sqlite:///app.db')
def work():
    with engine.connect() as connection:
        for _ in range(20000):
            connection.execute(text('select 1'))
threading.Thread(target=work, daemon=True).start()
)";
  // Whether a statement falls between two steps is chance; one in several runs is enough.
  std::vector<std::string> flags;
  for (int run = 0; run < 10 && flags.empty(); ++run) {
    flags = flags_after(*sandboxes,
                        {{"models.py", std::string(k_models)}, {"worker.py", thread}},
                        "sql_outside_step");
  }
  REQUIRE(flags.size() == 1);
  CHECK(flags[0].find("select 1") != std::string::npos);
}

TEST_CASE("a flagged submission that does the same again stays at its flag")
{
  auto sandboxes = test::open_sandboxes();
  if (!sandboxes) {
    return;
  }
  const std::vector<std::pair<std::string, std::string>> files = {
    {"models.py", std::string(k_models)}, {"worker.py", "import os\nos._exit(3)\n"}};
  CHECK(flags_after(*sandboxes, files, "differs_when_repeated").empty());
}

TEST_CASE("a flagged submission that comes out otherwise when repeated is told of")
{
  auto sandboxes = test::open_sandboxes();
  if (!sandboxes) {
    return;
  }
  std::vector<std::pair<std::string, std::string>> files = {
    {"models.py", std::string(k_models)}, {"worker.py", "import os\nos._exit(3)\n"}};
  for (int i = 0; i < 30; ++i) {
    // All thirty fall the same way twice once in a billion times.
    files.emplace_back(fmt::format("coin_{}.py", i),
                       "import os\nif os.urandom(1)[0] % 2:\n    raise ValueError('tails')\n");
  }
  CHECK_FALSE(flags_after(*sandboxes, files, "differs_when_repeated").empty());
}

namespace {

constexpr std::string_view k_blog = R"(
from sqlalchemy import Column, ForeignKey, Integer, String, Table
from sqlalchemy.orm import declarative_base, relationship
Base = declarative_base()
post_tags = Table('post_tags', Base.metadata,
                  Column('post_id', ForeignKey('posts.id'), primary_key=True),
                  Column('tag_id', ForeignKey('tags.id'), primary_key=True))
class User(Base):
    __tablename__ = 'users'
    id = Column(Integer, primary_key=True)
    email = Column(String(50), nullable=False, unique=True)
    posts = relationship('Post', back_populates='author')
class Post(Base):
    __tablename__ = 'posts'
    id = Column(Integer, primary_key=True)
    title = Column(String(50), nullable=False)
    author_id = Column(ForeignKey('users.id'), nullable=False)
    author = relationship('User', back_populates='posts')
    comments = relationship('Comment', back_populates='post')
    tags = relationship('Tag', secondary=post_tags)
class Comment(Base):
    __tablename__ = 'comments'
    id = Column(Integer, primary_key=True)
    body = Column(String(50), nullable=False)
    post_id = Column(ForeignKey('posts.id'), nullable=False)
    post = relationship('Post', back_populates='comments')
class Tag(Base):
    __tablename__ = 'tags'
    id = Column(Integer, primary_key=True)
    name = Column(String(50), nullable=False, unique=True)
)";

std::string query_with(std::string_view first)
{
  return fmt::format(R"(
import os
from sqlalchemy import select, text
from sqlalchemy.orm import Session, selectinload
from models import Post
def get_posts_by_user(session: Session, user_id: int):
    {}
    query = select(Post).where(Post.author_id == user_id).options(selectinload(Post.comments))
    return session.scalars(query).all()
)",
                     first);
}

} // namespace

TEST_CASE("a query that changes tables is flagged, and called again on rows drawn anew")
{
  struct Row {
    std::string_view first;
    bool flagged;
    bool differs;
  };

  auto sandboxes = test::open_sandboxes();
  if (!sandboxes) {
    return;
  }
  const auto row = GENERATE(values<Row>({
    {"session.execute(text('SELECT 1'))", false, false},
    {"session.execute(text('CREATE VIEW IF NOT EXISTS mine AS SELECT * FROM posts'))", true, false},
    {"[session.execute(text(f'CREATE INDEX IF NOT EXISTS i{i} ON posts (title)' if i == 0 else "
     "'SELECT 1')) for i in range(os.urandom(1)[0] + 1)]",
     true,
     true},
  }));
  CAPTURE(row.first);
  const std::vector<std::pair<std::string, std::string>> files = {
    {"models.py", std::string(k_blog)}, {"queries.py", query_with(row.first)}};
  CHECK(flags_after(*sandboxes, files, "schema_changed_by_query").empty() != row.flagged);
  CHECK(flags_after(*sandboxes, files, "differs_when_repeated").empty() != row.differs);
}
