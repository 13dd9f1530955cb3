// SPDX-License-Identifier: MIT
#include "engine/facts/schema/requirements.hpp"

#include "engine/base/text.hpp"
#include "engine/facts/classify.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

namespace assay::facts {

namespace {

std::string_view file_name(std::string_view path)
{
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

bool is_name(char c)
{
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '.';
}

/// PEP 503.
std::string normalised(std::string_view name)
{
  std::string result;
  for (const char c : to_lower(name)) {
    const bool separator = c == '-' || c == '_' || c == '.';
    if (!separator) {
      result += c;
    } else if (!result.empty() && result.back() != '-') {
      result += '-';
    }
  }
  return result;
}

/// "SQLAlchemy[asyncio] >=2.0,<2.1 ; python_version > '3.8'  # why" as a requirement.
std::optional<Requirement> parse_requirement(std::string_view line)
{
  line = trim(line.substr(0, std::min(line.find(" #"), line.find(';'))));
  if (line.empty() || line.front() == '#' || line.front() == '-'
      || !std::isalnum(static_cast<unsigned char>(line.front()))) {
    return std::nullopt;
  }
  std::size_t end = 0;
  while (end < line.size() && is_name(line[end])) {
    ++end;
  }
  Requirement requirement;
  requirement.name = normalised(line.substr(0, end));
  std::string_view rest = trim(line.substr(end));
  if (rest.starts_with('[')) {
    const auto close = rest.find(']');
    rest = close == std::string_view::npos ? std::string_view() : trim(rest.substr(close + 1));
  }
  if (!rest.empty() && std::string_view("=<>!~@(").find(rest.front()) == std::string_view::npos) {
    return std::nullopt;
  }
  for (const char c : rest) {
    if (c != ' ' && c != '(' && c != ')') {
      requirement.version += c;
    }
  }
  if (requirement.version.starts_with('@')) {
    requirement.version.clear();
  }
  return requirement;
}

bool is_requirement_file(std::string_view path)
{
  constexpr std::array<std::string_view, 10> k_names = {"pyproject.toml",
                                                        "pipfile",
                                                        "setup.cfg",
                                                        "setup.py",
                                                        "environment.yml",
                                                        "environment.yaml",
                                                        "poetry.lock",
                                                        "uv.lock",
                                                        "pdm.lock",
                                                        "pipfile.lock"};
  const std::string name = to_lower(file_name(path));
  const bool text = name.ends_with(".txt") || name.ends_with(".in");
  return std::ranges::find(k_names, name) != k_names.end()
         || (text
             && (name.starts_with("requirement")
                 || path.find("requirements/") != std::string_view::npos));
}

class RequirementReader {
public:
  explicit RequirementReader(std::vector<Requirement>& found)
    : found_(found)
  {
  }

  void read(const std::string& path, std::string_view text)
  {
    path_ = path;
    const std::string_view name = file_name(path);
    const std::string lower = to_lower(name);
    lines_ = split(text, '\n');
    if (lower.ends_with(".txt") || lower.ends_with(".in")) {
      each_line();
    } else if (name == "pyproject.toml") {
      pyproject();
    } else if (name == "Pipfile") {
      table_entries({"[packages]", "[dev-packages]"});
    } else if (name == "setup.cfg" || name == "setup.py") {
      setup(name == "setup.py");
    } else if (lower == "environment.yml" || lower == "environment.yaml") {
      environment();
    } else if (name == "poetry.lock" || name == "uv.lock" || name == "pdm.lock") {
      lock();
    } else if (name == "Pipfile.lock") {
      pipfile_lock();
    }
  }

private:
  void add(std::optional<Requirement> requirement, std::size_t line, bool locked = false)
  {
    if (!requirement || requirement->name.empty()) {
      return;
    }
    requirement->locked = locked;
    requirement->where.path = path_;
    requirement->where.line = static_cast<int>(line) + 1;
    requirement->where.column = 1;
    requirement->where.text = printable(trim(lines_[line])).substr(0, 200);
    found_.push_back(std::move(*requirement));
  }

  void each_line()
  {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      add(parse_requirement(lines_[i]), i);
    }
  }

  /// Quoted requirements on a line from `at` to the end of the list: dependencies =
  /// ["sqlalchemy>=2.0", ...]. True if the list ends on the line.
  bool quoted(std::size_t line, std::size_t at = 0)
  {
    const std::string_view text = lines_[line];
    while (at < text.size()) {
      const char quote = text[at];
      if (quote == '#' || quote == ']') {
        return quote == ']';
      }
      if (quote != '"' && quote != '\'') {
        ++at;
        continue;
      }
      const auto close = text.find(quote, at + 1);
      if (close == std::string_view::npos) {
        return false;
      }
      add(parse_requirement(text.substr(at + 1, close - at - 1)), line);
      at = close + 1;
    }
    return false;
  }

  /// `sqlalchemy = "^2.0"`, `sqlalchemy = {version = "^2.0", extras = [...]}`.
  void entry(std::size_t line)
  {
    const std::string_view text = trim(lines_[line]);
    const auto equals = text.find('=');
    if (equals == std::string_view::npos || text.starts_with('#')) {
      return;
    }
    Requirement requirement;
    std::string_view name = trim(text.substr(0, equals));
    if (name.size() > 2 && (name.front() == '"' || name.front() == '\'')) {
      name = name.substr(1, name.size() - 2);
    }
    requirement.name = normalised(name);
    std::string_view rest = trim(text.substr(equals + 1));
    if (rest.starts_with('{')) {
      const auto version = rest.find("version");
      rest = version == std::string_view::npos ? std::string_view() : rest.substr(version + 7);
    }
    const auto open = rest.find_first_of("\"'");
    const auto close = open == std::string_view::npos ? open : rest.find(rest[open], open + 1);
    if (close != std::string_view::npos) {
      requirement.version = std::string(rest.substr(open + 1, close - open - 1));
    }
    requirement.version = requirement.version == "*" ? std::string() : requirement.version;
    if (requirement.name != "python") {
      add(std::move(requirement), line);
    }
  }

  void table_entries(std::initializer_list<std::string_view> tables)
  {
    bool inside = false;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const std::string_view line = trim(lines_[i]);
      if (line.starts_with('[')) {
        inside = std::ranges::find(tables, line) != tables.end();
      } else if (inside) {
        entry(i);
      }
    }
  }

  void pyproject()
  {
    std::string table;
    bool list = false;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const std::string_view line = trim(lines_[i]);
      if (line.starts_with('[') && !list) {
        table = std::string(line);
        continue;
      }
      const bool groups =
        table == "[project.optional-dependencies]" || table == "[dependency-groups]";
      const bool project = table == "[project]" && line.starts_with("dependencies");
      const bool poetry =
        table.starts_with("[tool.poetry") && table.find("dependencies") != std::string::npos;
      if (poetry) {
        entry(i);
      } else if (list || project || (groups && line.find('=') != std::string_view::npos)) {
        quoted(i);
        const auto opens = std::ranges::count(line, '[');
        const auto closes = std::ranges::count(line, ']');
        depth_ += static_cast<int>(opens - closes);
        list = depth_ > 0;
      }
    }
  }

  void setup(bool python)
  {
    bool inside = false;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const std::string_view line = trim(lines_[i]);
      const bool begins = python
                            ? line.find("install_requires") != std::string_view::npos
                            : line.starts_with("install_requires") || line.starts_with("requires");
      inside =
        begins || (inside && (python || lines_[i].starts_with(' ') || lines_[i].starts_with('\t')));
      if (inside && python) {
        inside = !quoted(i, begins ? lines_[i].find("install_requires") : 0);
      } else if (inside) {
        const auto equals = begins ? line.find('=') : std::string_view::npos;
        add(parse_requirement(equals == std::string_view::npos ? line : line.substr(equals + 1)),
            i);
      }
    }
  }

  void environment()
  {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const std::string_view line = trim(lines_[i]);
      if (!line.starts_with("- ")) {
        continue;
      }
      std::string item(trim(line.substr(2)));
      const auto equals = item.find('=');
      if (equals != std::string::npos && equals > 0
          && std::isalnum(static_cast<unsigned char>(item[equals - 1])) != 0
          && equals + 1 < item.size() && item[equals + 1] != '=') {
        item.insert(equals, "="); // conda's name=1.2 is pip's name==1.2
      }
      add(parse_requirement(item), i);
    }
  }

  void lock()
  {
    for (std::size_t i = 0; i + 1 < lines_.size(); ++i) {
      const std::string_view name = trim(lines_[i]);
      const std::string_view version = trim(lines_[i + 1]);
      if (name.starts_with("name = \"") && version.starts_with("version = \"")) {
        Requirement requirement;
        requirement.name = normalised(name.substr(8, name.size() - 9));
        requirement.version = "==" + std::string(version.substr(11, version.size() - 12));
        add(std::move(requirement), i, true);
      }
    }
  }

  /// "sqlalchemy": { ... "version": "==2.0.30" }.
  void pipfile_lock()
  {
    std::string name;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const std::string_view line = trim(lines_[i]);
      const auto close =
        line.size() > 1 && line.front() == '"' ? line.find('"', 1) : std::string_view::npos;
      if (close == std::string_view::npos) {
        continue;
      }
      const std::string_view key = line.substr(1, close - 1);
      if (line.ends_with('{')) {
        name = std::string(key);
      } else if (key == "version") {
        const auto open = line.find('"', close + 1);
        const auto end = open == std::string_view::npos ? open : line.find('"', open + 1);
        if (end != std::string_view::npos) {
          Requirement requirement;
          requirement.name = normalised(name);
          requirement.version = std::string(line.substr(open + 1, end - open - 1));
          add(std::move(requirement), i, true);
        }
      }
    }
  }

  std::vector<Requirement>& found_;
  std::string path_;
  std::vector<std::string_view> lines_;
  int depth_ = 0;
};

/// "2.0.25" -> 20, "1.4" -> 14, "2" -> 20.
int release(std::string_view version)
{
  const auto parts = split(version, '.');
  const auto number = [&](std::size_t index) {
    int value = 0;
    for (const char c : index < parts.size() ? parts[index] : std::string_view()) {
      if (std::isdigit(static_cast<unsigned char>(c)) == 0 || value > 99) {
        break;
      }
      value = value * 10 + (c - '0');
    }
    return value;
  };
  return number(0) * 10 + std::min(number(1), 9);
}

} // namespace

std::vector<Requirement> read_requirements(const Snapshot& snapshot)
{
  std::vector<Requirement> found;
  for (const auto& [path, blob] : snapshot.files) {
    if (blob.content && is_requirement_file(path) && !is_vendored(path)) {
      RequirementReader(found).read(path, decode(*blob.content).text);
    }
  }
  return found;
}

int sqlalchemy_major(const std::string& version)
{
  int low = 0;
  int high = 99;
  for (const std::string_view part : split(version, ',')) {
    const auto digit = part.find_first_of("0123456789");
    if (digit == std::string_view::npos) {
      continue;
    }
    const std::string_view comparison = trim(part.substr(0, digit));
    const int found = release(part.substr(digit));
    const bool whole_major = part.substr(digit).find('.') == std::string_view::npos;
    if (comparison == "<") {
      high = found - 1;
    } else if (comparison == "<=") {
      high = found;
    } else if (comparison == ">=" || comparison == ">") {
      low = found;
    } else if (comparison == "^") {
      low = found;
      high = found / 10 * 10 + 9;
    } else if (comparison != "!=") {
      low = found;
      high = whole_major || comparison == "~=" ? found / 10 * 10 + 9 : found;
    }
  }
  if (low == 0 && high == 99) {
    return 0;
  }
  if (high < 20) {
    return high >= 10 ? 14 : 0;
  }
  if (low >= 21) {
    return 21;
  }
  return low >= 20 ? 20 : 0;
}

} // namespace assay::facts
