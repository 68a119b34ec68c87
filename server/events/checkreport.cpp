// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/events/checkreport.h"

#include "base/visibletext.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <span>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

#define GH_TEXT(text) QT_TRANSLATE_NOOP("Check", text)

constexpr qint64 mostMs = 3'600'000;
constexpr int mostCode = 4'999;

// In the order of CheckStep.
constexpr std::array<CheckStepText, checkStepCount> steps{{
    {"http", GH_TEXT("HTTP"), GH_TEXT("The page came, and the server answers what it asks")},
    {"socket", GH_TEXT("WebSocket"), GH_TEXT("A WebSocket opens")},
    {"echo", GH_TEXT("Echo"), GH_TEXT("Messages come back; how long the middle one of them took")},
    {"reconnect", GH_TEXT("Reconnect"), GH_TEXT("Once it was closed, it opens again")},
    {"silence", GH_TEXT("Quiet line"),
     GH_TEXT("A connection on which nobody says anything, but for the server's pings, stays: devices on the way cut "
             "some after 30 to 60 seconds")},
}};

/// What is found first counts: most browsers say that they are others, too.
struct Word
{
    const char *inAgent;
    const char *name;
};
constexpr Word browsers[] = {
    {"Edg", "Edge"},       {"OPR/", "Opera"},     {"SamsungBrowser/", "Samsung Internet"},
    {"FxiOS/", "Firefox"}, {"CriOS/", "Chrome"},  {"Firefox/", "Firefox"},
    {"Chrome/", "Chrome"}, {"Safari/", "Safari"},
};
constexpr Word systems[] = {
    {"iPhone", "iPhone"},  {"iPad", "iPad"},     {"Android", "Android"}, {"Windows", "Windows"},
    {"Mac OS X", "macOS"}, {"CrOS", "ChromeOS"}, {"Linux", "Linux"},
};

QString wordIn(std::span<const Word> words, const QByteArray &agent)
{
    const auto found = std::ranges::find_if(words, [&](const Word &word) { return agent.contains(word.inAgent); });
    return found == words.end() ? QString() : QString::fromLatin1(found->name);
}

bool isRun(QByteArrayView text)
{
    return text.size() >= 8 && text.size() <= 32
        && std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
}

CheckResult resultIn(const QJsonObject &object)
{
    CheckResult result;
    const QJsonValue passed = object.value("ok"_L1);
    if (passed.isBool())
        result.outcome = passed.toBool() ? CheckResult::Outcome::Passed : CheckResult::Outcome::Failed;
    result.ms = std::clamp<qint64>(object.value("ms"_L1).toInteger(-1), -1, mostMs);
    result.code = std::clamp(object.value("code"_L1).toInt(), 0, mostCode);
    return result;
}

} // namespace

bool CheckReport::hasFailed() const
{
    return std::ranges::any_of(results,
                               [](const CheckResult &one) { return one.outcome == CheckResult::Outcome::Failed; });
}

bool CheckReport::hasPassed() const
{
    return std::ranges::all_of(results,
                               [](const CheckResult &one) { return one.outcome == CheckResult::Outcome::Passed; });
}

// What a device on the way brings about are 1006 and, where it changes bytes, complaints about them (1002, 1007, 1009).
bool isServersOwn(int code)
{
    constexpr int codes[] = {1000, 1001, 1008, 1011, 1012, 1013, 429, 503};
    return std::ranges::find(codes, code) != std::end(codes) || code >= 4'000;
}

const CheckStepText &textOf(CheckStep step) { return steps[std::size_t(step)]; }

std::optional<CheckReport> parseCheckReport(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    CheckReport report;
    report.run = object.value("run"_L1).toString().toUtf8();
    if (!isRun(report.run) || !object.value("steps"_L1).isObject())
        return std::nullopt;
    const QJsonObject told = object.value("steps"_L1).toObject();
    for (int step = 0; step < checkStepCount; ++step)
        report.results[std::size_t(step)] =
            resultIn(told.value(QLatin1StringView(textOf(CheckStep(step)).name)).toObject());
    report.over = object.value("over"_L1).toBool();
    return report;
}

QString deviceName(const QByteArray &userAgent)
{
    constexpr qsizetype most = 60;
    const QString browser = wordIn(browsers, userAgent);
    const QString system = wordIn(systems, userAgent);
    if (!browser.isEmpty() && !system.isEmpty())
        return browser + u", "_s + system;
    return visible(QString::fromUtf8(userAgent.left(most))).left(most);
}

} // namespace glasshouse
