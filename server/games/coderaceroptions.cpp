// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/coderaceroptions.h"

#include "server/games/wholenumber.h"

namespace glasshouse {

namespace {

/// What is wrong; empty: nothing is.
QByteArray readLanguage(SnippetChoice &choice, QByteArrayView value)
{
    const auto language = jsonString(value);
    if (!language || !isSnippetLanguage(*language))
        return "there are no snippets in this \"language\"";
    choice.language = *language;
    return {};
}

QByteArray readLength(SnippetChoice &choice, QByteArrayView value)
{
    const auto name = jsonString(value);
    choice.length = name ? snippetLength(*name) : std::nullopt;
    return choice.length ? QByteArray() : QByteArray("\"length\" is \"short\", \"medium\" or \"long\"");
}

QByteArray readSeconds(int &seconds, QByteArrayView name, QByteArrayView value, int least, int most)
{
    const auto number = wholeNumber(value, least, most);
    if (!number)
        return '"' + name.toByteArray() + "\" is a whole number from " + QByteArray::number(least) + " to "
            + QByteArray::number(most);
    seconds = *number;
    return {};
}

QByteArray readOption(CodeRacerOptions &options, QByteArrayView name, QByteArrayView value)
{
    if (name == QByteArrayView("language"))
        return readLanguage(options.choice, value);
    if (name == QByteArrayView("length"))
        return readLength(options.choice, value);
    if (name == QByteArrayView("secondsLimit"))
        return readSeconds(options.secondsLimit, name, value, 20, 600);
    if (name == QByteArrayView("countdownSeconds"))
        return readSeconds(options.countdownSeconds, name, value, 1, 10);
    return "code-racer has no option \"" + name.toByteArray() + '"';
}

} // namespace

Result<CodeRacerOptions, GameError> codeRacerOptions(QByteArrayView json)
{
    CodeRacerOptions options;
    QByteArray wrong;
    const auto read = [&](QByteArrayView name, QByteArrayView value) {
        wrong = readOption(options, name, value);
        return wrong.isEmpty();
    };
    if (json.isEmpty() || forEachMember(json, read))
        return options;
    return Error<GameError>{GameError::BadOptions, wrong.isEmpty() ? QByteArray("options are an object") : wrong};
}

} // namespace glasshouse
