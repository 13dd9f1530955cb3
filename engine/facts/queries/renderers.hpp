// SPDX-License-Identifier: MIT
// Relations that are read outside Python code: by response models, serialiser schemas and
// templates.
#pragma once

#include "engine/facts/queries/recorder.hpp"

namespace assay::facts::queries {

/// PostOut.model_validate(post), post_schema.dump(posts): the schema's fields that name
/// relationships are read.
void note_serialiser(Recorder& recorder, const Value& call, int loops);

/// render_template("posts.html", posts=posts): what the template walks is read.
void note_template(Recorder& recorder, const Value& call);

/// Fields of a response model (an annotation's value: PostOut, list[PostOut]) against what a route
/// returns.
void note_response_model(Recorder& recorder, ValueRef model, const Location& where);

} // namespace assay::facts::queries
