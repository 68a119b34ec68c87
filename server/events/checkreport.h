// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <array>
#include <optional>

namespace glasshouse {

/// What the page /check tries from a device, in this order.
enum class CheckStep : quint8 {
    Http,      ///< an answer of the API
    Socket,    ///< a WebSocket opens
    Echo,      ///< messages come back
    Reconnect, ///< it opens once more
    Silence,   ///< an open one on which nobody says anything stays
};
constexpr int checkStepCount = int(CheckStep::Silence) + 1;

/// How one of them went.
struct CheckResult
{
    enum class Outcome : quint8 { Open, Passed, Failed };
    Outcome outcome = Outcome::Open; ///< it did not come to it, or is under way
    qint64 ms = -1;                  ///< it took; of echoes the middle one; −1: not known
    int code = 0;                    ///< a failed one's: close code, or status of HTTP; 0: none
    [[nodiscard]] bool operator==(const CheckResult &) const = default;
};

/// What a device tells of its way to this server. From outside, and checked: anybody who gets here can say anything, but no more
/// than this.
struct CheckReport
{
    QByteArray run;  ///< what it calls itself, the same in all reports of one visit: 8–32 of a–z 0–9
    QString address; ///< as the server sees it
    QString device;  ///< see deviceName()
    std::array<CheckResult, checkStepCount> results;
    bool over = false; ///< no other follows

    [[nodiscard]] const CheckResult &at(CheckStep step) const { return results[std::size_t(step)]; }
    [[nodiscard]] bool hasFailed() const;
    [[nodiscard]] bool hasPassed() const; ///< all of them
};

/// The members of a report's JSON object; nullopt: this is none.
[[nodiscard]] std::optional<CheckReport> parseCheckReport(const QByteArray &json);

/// A row of a table. The text is English, marked for translation in the context "Check".
struct CheckStepText
{
    const char *name; ///< in JSON: "socket"
    const char *text; ///< "WebSocket"
    const char *tip;  ///< what it is for
};
[[nodiscard]] const CheckStepText &textOf(CheckStep step);

/// The code of a failed step of the live connection: the server itself refused or ended it, and nothing on the way did.
[[nodiscard]] bool isServersOwn(int code);

/// "Safari, iPhone": as much as a User-Agent says to people; what nobody knows stays as it is, within 60 characters.
[[nodiscard]] QString deviceName(const QByteArray &userAgent);

} // namespace glasshouse
