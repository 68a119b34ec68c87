// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "match/conditionfault.h"

#include <QLatin1StringView>
#include <QList>
#include <functional>

namespace glasshouse {

/// Leads to values in JSON: `list[2].name`, `["odd key"]`, `list[*].x` (any element of it). A value; calls from any thread.
///
/// The text is scanned up to what is looked for, and no further: it is neither copied nor built into a document, and what stands
/// behind that place is not judged. Of members with the same name the first one counts, as for the server's own rules.
class JsonPath
{
public:
    static constexpr int mostSteps = 16;
    /// A path looks no further into a payload.
    static constexpr qsizetype mostBytes = 8 * 1024 * 1024;

    struct Step
    {
        enum class Kind : quint8 { Member, Element, AnyElement };
        Kind kind = Kind::Member;
        QString name{};
        qsizetype index = 0;
        QByteArray utf8 = name.toUtf8();
        bool operator==(const Step &) const = default;
    };

    JsonPath() = default;
    explicit JsonPath(QList<Step> steps) : m_steps(std::move(steps)) { }
    /// What is written behind "json" or "data": empty, or it begins with . or [. Positions of faults count from its beginning.
    [[nodiscard]] static Result<JsonPath, ConditionFault> read(QStringView text);

    /// As wordsFromRoot() has it; what begins otherwise is a member of the root. There has to be something.
    [[nodiscard]] static Result<JsonPath, ConditionFault> readFromRoot(QStringView text);

    [[nodiscard]] const QList<Step> &steps() const { return m_steps; }
    /// As read() takes it.
    [[nodiscard]] QString words() const;
    /// The same of all that a message says, for a condition: "data.x", or "json.seq" where it is not in there.
    [[nodiscard]] QString wordsFromRoot() const;
    /// Of a message whose "data" this path goes through.
    [[nodiscard]] JsonPath inData() const { return JsonPath(QList<Step>{{Step::Kind::Member, dataName}} + m_steps); }
    /// Is there a value in `json` for which `test` says Yes? `test` gets it raw, and not judged. NotToTheEnd: not in what was
    /// looked at, before the bound or until `stop` was set.
    [[nodiscard]] Found find(QByteArrayView json, const std::function<Found(QByteArrayView value)> &test,
                             const std::atomic<bool> &stop) const;
    /// The first value that it leads to, raw and not judged; null: none.
    [[nodiscard]] QByteArrayView value(QByteArrayView json) const;
    bool operator==(const JsonPath &) const = default;

private:
    static constexpr QLatin1StringView rootName{"json"};
    static constexpr QLatin1StringView dataName{"data"};
    QList<Step> m_steps;
};

} // namespace glasshouse
