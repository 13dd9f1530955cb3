// SPDX-License-Identifier: MIT
// What counts as common structure, on code as candidates write it.
#include "engine/similarity/pairs.hpp"

#include "engine/facts/classify.hpp"
#include "engine/similarity/fingerprint.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/memory_snapshot.hpp"

#include <regex>

using namespace assay;
using namespace assay::similarity;

namespace {

namespace fs = std::filesystem;

const fs::path k_samples = fs::path(ASSAY_SOURCE_DIR) / "samples";

TreeFingerprints marks_of(const std::vector<SourceText>& files)
{
  return fingerprint(files);
}

std::vector<SourceText> sample(const std::string& name)
{
  const Snapshot snapshot = test::folder_snapshot(k_samples / name / "repo");
  std::vector<SourceText> files;
  for (const auto& [path, role] : facts::classify_python(snapshot)) {
    if (role == FileRole::graded || role == FileRole::test) {
      files.push_back({path, *snapshot.files.at(path).content});
    }
  }
  return files;
}

/// The files with every whole word of `names` replaced.
std::vector<SourceText> renamed(std::vector<SourceText> files,
                                const std::vector<std::pair<std::string, std::string>>& names)
{
  for (SourceText& file : files) {
    for (const auto& [from, to] : names) {
      file.text = std::regex_replace(file.text, std::regex("\\b" + from + "\\b"), to);
    }
  }
  return files;
}

std::size_t mark_count(const TreeFingerprints& tree)
{
  std::size_t count = 0;
  for (const FileFingerprints& file : tree.files) {
    count += file.marks.size();
  }
  return count;
}

const char* const k_queries = R"(
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from .models import Comment, Post, User


def posts_by_user(session, user_id, page=1, size=20):
    """All posts of a user, the newest first."""
    statement = (
        select(Post)
        .where(Post.author_id == user_id, Post.deleted_at.is_(None))
        .options(selectinload(Post.comments).joinedload(Comment.author))
        .order_by(Post.created_at.desc(), Post.id)
        .limit(size)
        .offset((page - 1) * size)
    )
    return session.scalars(statement).unique().all()


def busiest_authors(session, least=3):
    totals = (
        select(Post.author_id, func.count(Post.id).label("posts"))
        .group_by(Post.author_id)
        .having(func.count(Post.id) >= least)
        .subquery()
    )
    rows = session.execute(select(User, totals.c.posts).join(totals, totals.c.author_id == User.id))
    return [(user.name, posts) for user, posts in rows if posts is not None]


def comment_histogram(session, months):
    buckets = {}
    for created_at, amount in session.execute(
        select(func.date_trunc("month", Comment.created_at), func.count()).group_by(1)
    ):
        if created_at.month not in months:
            continue
        buckets.setdefault(created_at.month, []).append(amount)
    return {month: sum(amounts) / len(amounts) for month, amounts in sorted(buckets.items())}
)";

/// The functions of the text above in the opposite order, other names, comments and values.
const char* const k_disguised = R"(
import sqlalchemy as sa
from sqlalchemy import select as choose
from sqlalchemy.orm import selectinload as with_many

from blog.tables import Entry, Person, Remark

# The figures of the dashboard.


def remarks_per_month(db, wanted):
    groups = {}
    for when, n in db.execute(
        choose(sa.func.date_trunc("quarter", Remark.created_on), sa.func.count()).group_by(1)
    ):
        if when.month not in wanted:  # not asked for
            continue
        groups.setdefault(when.month, []).append(n)
    return {key: sum(ns) / len(ns) for key, ns in sorted(groups.items())}


def top_people(db, minimum=5):
    # counted in the database
    counts = (
        choose(Entry.person_id, sa.func.count(Entry.key).label("n"))
        .group_by(Entry.person_id)
        .having(sa.func.count(Entry.key) >= minimum)
        .subquery()
    )
    found = db.execute(choose(Person, counts.c.n).join(counts, counts.c.person_id == Person.key))
    return [(person.nick, n) for person, n in found if n is not None]


def entries_of(db, person_id, number=1, length=50):
    query = (
        choose(Entry)
        .where(Entry.person_id == person_id, Entry.removed_on.is_(None))
        .options(with_many(Entry.remarks).joinedload(Remark.person))
        .order_by(Entry.created_on.desc(), Entry.key)
        .limit(length)
        .offset((number - 1) * length)
    )
    return db.scalars(query).unique().all()
)";

const char* const k_models = R"(
class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
class Post(Base):
    __tablename__ = "posts"
    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    deleted_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    comments: Mapped[list["Comment"]] = relationship()
class Comment(Base):
    __tablename__ = "comments"
    author: Mapped[User] = relationship()
    created_at: Mapped[datetime]
)";

} // namespace

TEST_CASE("Other names, values, comments and another order of functions hide nothing")
{
  const std::vector<SourceText> original{{"app/models.py", k_models},
                                         {"app/queries.py", k_queries}};
  const std::vector<SourceText> copy{{"blog/tables.py",
                                      renamed({{"", k_models}},
                                              {{"User", "Person"},
                                               {"Post", "Entry"},
                                               {"Comment", "Remark"},
                                               {"comments", "remarks"},
                                               {"author_id", "person_id"},
                                               {"author", "person"},
                                               {"deleted_at", "removed_on"},
                                               {"created_at", "created_on"},
                                               {"id", "key"},
                                               {"name", "nick"}})
                                        .front()
                                        .text},
                                     {"blog/figures.py", k_disguised}};
  const std::vector trees{marks_of(original), marks_of(copy)};
  const auto pairs = similar_pairs(trees, {});
  REQUIRE(pairs.size() == 1);
  CHECK(pairs[0].share_a > 0.65); // where a function ends, the runs reach into the next one
  CHECK(pairs[0].share_b > 0.65);

  // Each function is found, at its place on either side.
  struct Place {
    const char* function;
    int line_a;
    int line_b;
  };

  for (const auto& [function, line_a, line_b] : {Place{"posts_by_user", 13, 38},
                                                 Place{"busiest_authors", 24, 27},
                                                 Place{"comment_histogram", 35, 13}}) {
    CAPTURE(function);
    CHECK(std::ranges::any_of(pairs[0].passages, [&](const Passage& passage) {
      return passage.a.path == "app/queries.py" && passage.a.first <= line_a
             && line_a <= passage.a.last && passage.b.path == "blog/figures.py"
             && passage.b.first <= line_b && line_b <= passage.b.last;
    }));
  }
}

TEST_CASE("A sample with its names changed is found among the others, and nothing else is")
{
  std::vector<TreeFingerprints> trees;
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(k_samples)) {
    if (fs::is_directory(entry.path() / "repo")) {
      names.push_back(entry.path().filename());
      trees.push_back(marks_of(sample(names.back())));
    }
  }
  REQUIRE(names.size() > 40);
  names.push_back("copy");
  trees.push_back(marks_of(renamed(sample("postgres-design"),
                                   {{"Post", "Entrada"},
                                    {"User", "Cuenta"},
                                    {"posts", "entradas"},
                                    {"author", "autora"},
                                    {"session", "conexion"},
                                    {"title", "titulo"}})));
  for (const Pair& pair : similar_pairs(trees, {})) {
    CAPTURE(names[pair.a], names[pair.b]);
    CHECK((names[pair.a] == "postgres-design" && names[pair.b] == "copy"));
    CHECK(pair.share_b > 0.8);
  }
}

TEST_CASE("In a batch of two as well, the idioms of the assignment do not make a pair")
{
  const auto names = GENERATE(values<std::pair<const char*, const char*>>({
    {"select-joined", "postgres-design"},
    {"agenda-cartesiana", "json-report"}, // of all samples the most alike
    {"agenda-cartesiana", "newsroom-mono"},
    {"flask-migrate-pt", "flask-serialiser"},
    {"sqlmodel-fastapi", "zeszyt-sqlmodel"},
    {"courses-without-grades", "blog-marta"},
  }));
  CAPTURE(names.first, names.second);
  const std::vector trees{marks_of(sample(names.first)), marks_of(sample(names.second))};
  CHECK(similar_pairs(trees, {}).empty());
}

TEST_CASE("Code that all were given does not count")
{
  const std::vector<SourceText> given{{"app/queries.py", k_queries}};
  std::vector<SourceText> one = sample("select-joined");
  std::vector<SourceText> other = sample("classic-single-file");
  one.push_back({"given/queries.py", k_queries});
  other.push_back({"blog/queries.py", k_queries});
  const std::vector trees{marks_of(one), marks_of(other)};
  const PairOptions low{.threshold = 0.05};
  REQUIRE(similar_pairs(trees, {}, low).size() == 1);
  const std::vector starter{marks_of(given)};
  CHECK(similar_pairs(trees, starter, low).empty());
}

TEST_CASE("What most submissions have does not count")
{
  std::vector<TreeFingerprints> trees;
  for (const char* name :
       {"select-joined", "classic-single-file", "flask-migrate-pt", "single-script"}) {
    std::vector<SourceText> files = sample(name);
    files.push_back({"shared.py", k_queries});
    trees.push_back(marks_of(files));
  }
  const PairOptions low{.threshold = 0.05};
  CHECK(similar_pairs(trees, {}, low).empty());
  CHECK(similar_pairs(std::span(trees).first(2), {}, low).size() == 1);
}

TEST_CASE("Data, empty and unreadable files say nothing")
{
  std::string data = "ROWS = [\n";
  for (int i = 0; i < 400; ++i) {
    data += "    (\"name\", 1, \"text\"),\n";
  }
  CHECK(mark_count(marks_of({{"data.py", data + "]\n"}})) < 3);
  CHECK(marks_of({}).files.empty());
  CHECK(marks_of({{"a.py", ""}, {"b.py", "x = 1\n"}, {"c.py", "\x01\x02)))((("}}).files.empty());
  CHECK(similar_pairs({}, {}).empty());
}

TEST_CASE("Fingerprints depend on the text alone and stand in order of their lines")
{
  const TreeFingerprints tree = marks_of({{"b.py", k_queries}, {"a.py", k_disguised}});
  CHECK(tree == marks_of({{"b.py", k_queries}, {"a.py", k_disguised}}));
  REQUIRE(tree.files.size() == 2);
  CHECK(tree.files[0].path == "a.py");
  for (const FileFingerprints& file : tree.files) {
    CHECK(std::ranges::is_sorted(file.marks, {}, &Fingerprint::line));
    for (const Fingerprint& mark : file.marks) {
      CHECK(mark.hash < std::uint64_t{1} << 48U);
      CHECK(mark.line <= mark.end_line);
    }
  }
}
