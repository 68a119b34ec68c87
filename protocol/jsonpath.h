// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <optional>
#include <vector>

namespace glasshouse {

/// The way to a value inside of JSON, as people write it: "data.players[0].name". Keys hold what is neither a dot nor a bracket.
class JsonPath
{
public:
    static constexpr int mostCharacters = 200;
    static constexpr int mostSteps = 32;

    /// None, if it is no path.
    [[nodiscard]] static std::optional<JsonPath> parse(const QString &text);

    /// The way to what stands at a position of a *checked* text, with white space or without; none for the whole of it, and where a
    /// key can not be written as a step.
    [[nodiscard]] static std::optional<JsonPath> at(QByteArrayView checked, qsizetype position);

    [[nodiscard]] const QString &text() const { return m_text; }
    /// The value in a *checked* text as it was written, or a null view. One walk over the text at the most.
    [[nodiscard]] QByteArrayView find(QByteArrayView checked) const;

    friend bool operator==(const JsonPath &a, const JsonPath &b) { return a.m_text == b.m_text; }

private:
    struct Step
    {
        QByteArray key;
        int index = -1; ///< of an array, if it is not negative
    };
    QString m_text;
    std::vector<Step> m_steps;

    [[nodiscard]] static std::optional<Step> indexStep(QStringView digits);
    [[nodiscard]] static QByteArrayView follow(const Step &step, QByteArrayView value);
};

} // namespace glasshouse
