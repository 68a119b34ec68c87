// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/doctor/diagnosiswords.h"

#include "ui/base/formats.h"

#include <QCoreApplication>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Doctor)
};

constexpr qsizetype bytesInALine = 16;
constexpr int longestLine = 400;

/// Is it text that a person can read? Line ends and tabs are.
bool isReadable(const QByteArray &bytes)
{
    return QString::fromUtf8(bytes).toUtf8() == bytes
        && std::ranges::none_of(bytes, [](char c) { return uchar(c) < 0x20 && c != '\r' && c != '\n' && c != '\t'; });
}

QStringList textLines(QByteArray bytes)
{
    bytes.replace("\r\n", "\n");
    while (bytes.endsWith('\n'))
        bytes.chop(1);
    QStringList lines;
    const auto parts = bytes.split('\n');
    for (const QByteArray &part : parts)
        lines << u"    "_s + oneLine(QString::fromUtf8(part), longestLine);
    return lines;
}

/// "0000  16 03 01 …  ...": as a hex dump does.
QStringList hexLines(const QByteArray &bytes)
{
    QStringList lines;
    for (qsizetype at = 0; at < bytes.size(); at += bytesInALine) {
        const QByteArray part = bytes.mid(at, bytesInALine);
        QByteArray seen = part;
        std::ranges::replace_if(
            seen, [](char c) { return c < ' ' || c > '~'; }, '.');
        lines << u"    %1  %2  %3"_s.arg(at, 4, 16, QChar(u'0'))
                     .arg(QString::fromLatin1(part.toHex(' ')), -int(3 * bytesInALine - 1))
                     .arg(QString::fromLatin1(seen));
    }
    return lines;
}

int countOf(const Diagnosis &diagnosis, DoctorVerdict verdict)
{
    return int(std::ranges::count(diagnosis.stages, verdict, &DoctorStageResult::verdict));
}

std::optional<DoctorStage> firstOf(const Diagnosis &diagnosis, DoctorVerdict verdict)
{
    const auto found = std::ranges::find(diagnosis.stages, verdict, &DoctorStageResult::verdict);
    return found == diagnosis.stages.end() ? std::nullopt
                                           : std::optional(DoctorStage(found - diagnosis.stages.begin()));
}

DoctorHeadline running(const Diagnosis &diagnosis, qint64 nowMs, qint64 idleMs)
{
    const DoctorStage stage = firstOf(diagnosis, DoctorVerdict::Running).value_or(DoctorStage::Url);
    if (stage != DoctorStage::Idle)
        return {Words::tr("Looking at it …"), titleOf(stage), DoctorVerdict::Running};
    const qint64 quietMs = std::clamp<qint64>(nowMs - diagnosis.at(stage).beganMs, 0, idleMs);
    return {
        Words::tr("Watching a quiet connection: %1 of %2").arg(formatSecondsLeft(quietMs), formatSecondsLeft(idleMs)),
        Words::tr("Stop ends the wait: what was seen until then counts."), DoctorVerdict::Running};
}

DoctorHeadline ill(const DoctorFinding &cause)
{
    const DoctorWords words = wordsOf(cause);
    return {oneLine(words.sentence, longestLine), oneLine(words.fix, 2 * longestLine), DoctorVerdict::Ill};
}

} // namespace

QString markOf(DoctorVerdict verdict)
{
    switch (verdict) {
    case DoctorVerdict::Waiting:
        return u"·"_s;
    case DoctorVerdict::Running:
        return u"…"_s;
    case DoctorVerdict::Skipped:
        return u"–"_s;
    case DoctorVerdict::Good:
        return u"✓"_s;
    case DoctorVerdict::Noted:
        return u"!"_s;
    case DoctorVerdict::Ill:
        return u"✗"_s;
    }
    Q_UNREACHABLE();
}

QString meaningOf(DoctorVerdict verdict)
{
    switch (verdict) {
    case DoctorVerdict::Waiting:
        return Words::tr("not looked at yet");
    case DoctorVerdict::Running:
        return Words::tr("being looked at");
    case DoctorVerdict::Skipped:
        return Words::tr("left out");
    case DoctorVerdict::Good:
        return Words::tr("well");
    case DoctorVerdict::Noted:
        return Words::tr("works, and worth knowing");
    case DoctorVerdict::Ill:
        return Words::tr("ill");
    }
    Q_UNREACHABLE();
}

Tint tintOf(DoctorVerdict verdict)
{
    switch (verdict) {
    case DoctorVerdict::Good:
        return Tint::Good;
    case DoctorVerdict::Running:
    case DoctorVerdict::Noted:
        return Tint::Warning;
    case DoctorVerdict::Ill:
        return Tint::Bad;
    case DoctorVerdict::Waiting:
    case DoctorVerdict::Skipped:
        return Tint::Muted;
    }
    Q_UNREACHABLE();
}

QString foundIn(const DoctorStageResult &result)
{
    if (!result.findings.isEmpty())
        return oneLine(wordsOf(result.findings.first()).sentence, longestLine);
    if (result.evidence.isEmpty())
        return {};
    // Some name bytes only ("The request"): what has something in it says more.
    const auto full =
        std::ranges::find_if(result.evidence, [](const DoctorEvidence &one) { return !one.arguments.isEmpty(); });
    const DoctorEvidence &seen = full == result.evidence.end() ? result.evidence.first() : *full;
    const QString words = oneLine(wordsOf(seen), longestLine);
    return seen.us < 0 ? words : Words::tr("%1 (%2)").arg(words, formatSpan(seen.us));
}

DoctorHeadline headlineOf(const Diagnosis &diagnosis, qint64 nowMs, qint64 idleMs)
{
    const DoctorFinding *cause = diagnosis.cause();
    if (cause != nullptr)
        return ill(*cause);
    if (!diagnosis.over)
        return running(diagnosis, nowMs, idleMs);
    if (const int noted = countOf(diagnosis, DoctorVerdict::Noted); noted > 0)
        return {Words::tr("It works."),
                noted == 1 ? Words::tr("One thing is worth knowing: it is marked with ! below.")
                           : Words::tr("%1 things are worth knowing: they are marked with ! below.").arg(noted),
                DoctorVerdict::Noted};
    if (diagnosis.stopped && countOf(diagnosis, DoctorVerdict::Good) == 0)
        return {Words::tr("It was stopped before anything was known."), {}, DoctorVerdict::Skipped};
    return {Words::tr("All is well."),
            diagnosis.stopped ? Words::tr("As far as it was looked at: it was stopped before the end.") : QString(),
            DoctorVerdict::Good};
}

std::optional<DoctorStage> stageOfHeadline(const Diagnosis &diagnosis)
{
    if (const auto ill = firstOf(diagnosis, DoctorVerdict::Ill))
        return ill;
    return firstOf(diagnosis, diagnosis.over ? DoctorVerdict::Noted : DoctorVerdict::Running);
}

QString adviceOf(const DoctorStageResult &result)
{
    QStringList paragraphs;
    for (const DoctorFinding &finding : result.findings) {
        const DoctorWords words = wordsOf(finding);
        paragraphs << oneLine(words.sentence, longestLine);
        if (!words.fix.isEmpty())
            paragraphs << u"→ "_s + oneLine(words.fix, 2 * longestLine);
    }
    return paragraphs.join(u'\n');
}

QString evidenceOf(const DoctorStageResult &result)
{
    QStringList lines;
    for (const DoctorEvidence &seen : result.evidence) {
        const QString time = seen.us < 0 ? QString() : u"  (%1)"_s.arg(formatSpan(seen.us));
        lines << oneLine(wordsOf(seen), longestLine) + time;
        if (!seen.bytes.isEmpty())
            lines << (isReadable(seen.bytes) ? textLines(seen.bytes) : hexLines(seen.bytes));
    }
    return lines.join(u'\n');
}

} // namespace glasshouse
