// SPDX-License-Identifier: MIT
// Private to this module: text of a candidate made harmless for each format. All of them first make
// control characters, terminal escapes and bidirectional marks visible, as harmless() does, and put
// everything on one line.
#pragma once

#include <string>
#include <string_view>

namespace assay::report {

/// For text and quoted attributes of XML and HTML: & < > " ' become entities; what XML 1.0 does not
/// allow is not there.
std::string escape_markup(std::string_view text);

/// For GitHub's and GitLab's Markdown, within a line: nothing in it is markup, a mention, a link,
/// an image or HTML; shown as written.
std::string escape_markdown(std::string_view text);

/// A code span that ends where the text ends, whatever backticks it has; safe within a table.
std::string markdown_code(std::string_view text);

/// For the message of a SARIF result: brackets are no links. Source: SARIF 2.1.0, 3.11.6.
std::string escape_sarif(std::string_view text);

/// A path as a relative URI reference. Source: RFC 3986, 4.2.
std::string uri_of_path(std::string_view path);

/// `text` cut to at most `limit` bytes between code points, with an ellipsis if anything is left
/// out.
std::string clipped(std::string_view text, std::size_t limit);

} // namespace assay::report
