// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/doctor/report/doctorreport.h"

#include "base/visibletext.h"
#include "client/doctor/report/doctorreportparts.h"

#include <QCoreApplication>
#include <algorithm>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr int titleWidth = 22;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(DoctorReport)
};

struct Mark
{
    const char *text;
    const char *colour; ///< of a terminal
};

Mark markOf(DoctorVerdict verdict)
{
    switch (verdict) {
    case DoctorVerdict::Waiting:
    case DoctorVerdict::Running:
        return {"…", ""};
    case DoctorVerdict::Skipped:
        return {"–", "\x1B[2m"};
    case DoctorVerdict::Good:
        return {"✓", "\x1B[32m"};
    case DoctorVerdict::Noted:
        return {"!", "\x1B[33m"};
    case DoctorVerdict::Ill:
        return {"✗", "\x1B[31m"};
    }
    return {"", ""};
}

QByteArray painted(const QByteArray &text, DoctorVerdict verdict, bool coloured)
{
    const QByteArray colour = markOf(verdict).colour;
    return coloured && !colour.isEmpty() ? colour + text + "\x1B[0m" : text;
}

QByteArray inset(const QByteArray &lines, const QByteArray &by)
{
    return by + QByteArray(lines).replace('\n', '\n' + by) + '\n';
}

QByteArray line(const QString &text) { return visible(text).toUtf8(); }

/// The first of them, if it is more than that nothing was found.
const DoctorFinding *firstFinding(const Diagnosis &diagnosis)
{
    if (const DoctorFinding *cause = diagnosis.cause())
        return cause;
    for (const DoctorStageResult &stage : diagnosis.stages) {
        if (stage.verdict == DoctorVerdict::Noted && !stage.findings.isEmpty())
            return &stage.findings.first();
    }
    return nullptr;
}

auto notedStages(const Diagnosis &diagnosis)
{
    return std::ranges::count(diagnosis.stages, DoctorVerdict::Noted, &DoctorStageResult::verdict);
}

QString verdictText(const Diagnosis &diagnosis)
{
    switch (diagnosis.verdict()) {
    case DoctorVerdict::Ill:
        return Words::tr("Ill:");
    case DoctorVerdict::Noted:
        if (const auto noted = notedStages(diagnosis); noted > 1)
            return Words::tr("It works. To be known, the first of %1:").arg(noted);
        return Words::tr("It works. To be known:");
    case DoctorVerdict::Good:
        return diagnosis.stopped ? Words::tr("Nothing was found until it was stopped.")
                                 : Words::tr("It works, and nothing was found.");
    case DoctorVerdict::Skipped:
    case DoctorVerdict::Waiting:
    case DoctorVerdict::Running:
        break;
    }
    return Words::tr("Nothing was looked at.");
}

/// A stopped one may have seen something.
bool wasLeftOut(const DoctorStageResult &result)
{
    return result.verdict == DoctorVerdict::Skipped && result.evidence.isEmpty() && result.findings.isEmpty();
}

QString leftOutText(const Diagnosis &diagnosis)
{
    QStringList titles;
    for (int i = 0; i < doctorStageCount; ++i) {
        if (wasLeftOut(diagnosis.at(DoctorStage(i))))
            titles += titleOf(DoctorStage(i));
    }
    return titles.isEmpty() ? QString() : Words::tr("Left out: %1").arg(titles.join(u", "_s));
}

QString behindText(const Diagnosis &diagnosis)
{
    QStringList names;
    for (const QByteArray &name : diagnosis.behind)
        names += QString::fromUtf8(name);
    return names.isEmpty() ? QString() : Words::tr("Behind the address: %1").arg(names.join(u", "_s));
}

// Text

QByteArray textOf(const DoctorEvidence &evidence)
{
    QString text = wordsOf(evidence);
    if (evidence.us >= 0)
        text += u" ("_s + durationText(evidence.us) + u')';
    const QByteArray bytes = evidence.bytes.isEmpty() ? QByteArray() : inset(shownBytes(evidence.bytes), "      | ");
    return "    " + line(text) + '\n' + bytes;
}

QByteArray textOf(const DoctorFinding &finding, bool coloured)
{
    const DoctorWords words = wordsOf(finding);
    const DoctorVerdict verdict = rowOf(finding.cause).isIllness ? DoctorVerdict::Ill : DoctorVerdict::Noted;
    QByteArray text = "  " + painted(line(words.sentence), verdict, coloured) + '\n';
    if (!words.fix.isEmpty())
        text += "  → " + line(words.fix) + '\n';
    return text;
}

QByteArray textOf(const DoctorStageResult &result, DoctorStage stage, bool coloured)
{
    const QByteArray mark = markOf(result.verdict).text;
    QByteArray text = painted(mark + ' ' + titleOf(stage).leftJustified(titleWidth).toUtf8(), result.verdict, coloured);
    text += durationText(result.tookMs * 1000).toUtf8() + '\n';
    for (const DoctorFinding &finding : result.findings)
        text += textOf(finding, coloured);
    for (const DoctorEvidence &evidence : result.evidence)
        text += textOf(evidence);
    return text;
}

QByteArray textSummary(const Diagnosis &diagnosis, bool coloured)
{
    const DoctorVerdict verdict = diagnosis.verdict();
    QString text = verdictText(diagnosis);
    QByteArray fix;
    const DoctorFinding *finding = firstFinding(diagnosis);
    if (finding != nullptr) {
        const DoctorWords words = wordsOf(*finding);
        text += u' ' + words.sentence;
        if (!words.fix.isEmpty())
            fix = "→ " + line(words.fix) + '\n';
    }
    QByteArray out = painted(markOf(verdict).text + QByteArray(" ") + line(text), verdict, coloured) + '\n' + fix;
    if (finding != nullptr && diagnosis.stopped)
        out += line(Words::tr("It was stopped before everything was looked at.")) + '\n';
    if (const QString behind = behindText(diagnosis); !behind.isEmpty())
        out += line(behind) + '\n';
    return out;
}

// Markdown

QByteArray markdownOf(const DoctorFinding &finding)
{
    const DoctorWords words = wordsOf(finding);
    QByteArray text = "- **" + plainMarkdown(words.sentence) + "** (`" + rowOf(finding.cause).name + "`)\n";
    if (!words.fix.isEmpty())
        text += "  - " + plainMarkdown(words.fix) + '\n';
    return text;
}

QByteArray markdownOf(const QList<DoctorEvidence> &evidence)
{
    QByteArray text;
    for (const DoctorEvidence &one : evidence)
        text += textOf(one);
    return text.isEmpty() ? text : '\n' + fenced(text);
}

QByteArray markdownOf(const DoctorStageResult &result, DoctorStage stage)
{
    QByteArray text = "### " + QByteArray(markOf(result.verdict).text) + ' ' + titleOf(stage).toUtf8() + " ("
        + durationText(result.tookMs * 1000).toUtf8() + ")\n";
    for (const DoctorFinding &finding : result.findings)
        text += markdownOf(finding);
    return text + markdownOf(result.evidence) + '\n';
}

QByteArray markdownSummary(const Diagnosis &diagnosis)
{
    QByteArray text = "**" + plainMarkdown(verdictText(diagnosis)) + "**";
    if (const DoctorFinding *finding = firstFinding(diagnosis)) {
        const DoctorWords words = wordsOf(*finding);
        text += ' ' + plainMarkdown(words.sentence) + " (`" + rowOf(finding->cause).name + "`)\n";
        if (!words.fix.isEmpty())
            text += '\n' + plainMarkdown(words.fix) + '\n';
        if (diagnosis.stopped)
            text += '\n' + plainMarkdown(Words::tr("It was stopped before everything was looked at.")) + '\n';
    } else {
        text += '\n';
    }
    if (const QString behind = behindText(diagnosis); !behind.isEmpty())
        text += '\n' + plainMarkdown(behind) + '\n';
    return text + '\n';
}

} // namespace

QByteArray DoctorReport::head(const Diagnosis &diagnosis) const
{
    const QString url = shownAddress(diagnosis.url);
    switch (kind) {
    case Kind::Text:
        return line(Words::tr("Examining %1").arg(url)) + '\n';
    case Kind::Markdown:
        return "## " + Words::tr("Diagnosis of a WebSocket connection").toUtf8() + "\n\n`"
            + QByteArray(line(url)).replace('`', "%60") + "`, " + diagnosis.began.toUTC().toString(Qt::ISODate).toUtf8()
            + "\n\n";
    case Kind::Json:
        break;
    }
    return {};
}

QByteArray DoctorReport::stage(const Diagnosis &diagnosis, DoctorStage stage) const
{
    const DoctorStageResult &result = diagnosis.at(stage);
    switch (kind) {
    case Kind::Text:
        return wasLeftOut(result) ? QByteArray() : textOf(result, stage, coloured);
    case Kind::Markdown:
        return wasLeftOut(result) ? QByteArray() : markdownOf(result, stage);
    case Kind::Json:
        break;
    }
    return jsonOf(diagnosis, stage) + '\n';
}

QByteArray DoctorReport::leftOut(const Diagnosis &diagnosis) const
{
    const QString text = leftOutText(diagnosis);
    if (kind == Kind::Json || text.isEmpty())
        return {};
    return kind == Kind::Markdown ? plainMarkdown(text) + '\n'
                                  : painted("– " + line(text), DoctorVerdict::Skipped, coloured) + '\n';
}

QByteArray DoctorReport::summary(const Diagnosis &diagnosis) const
{
    switch (kind) {
    case Kind::Text:
        return textSummary(diagnosis, coloured);
    case Kind::Markdown:
        return markdownSummary(diagnosis);
    case Kind::Json:
        break;
    }
    return jsonOf(diagnosis) + '\n';
}

QByteArray DoctorReport::whole(const Diagnosis &diagnosis) const
{
    if (kind == Kind::Json)
        return jsonOf(diagnosis) + '\n';
    // Who reads Markdown wants to know it first; in a terminal what stands last is seen.
    QByteArray text = head(diagnosis) + (kind == Kind::Markdown ? summary(diagnosis) : QByteArray());
    for (int i = 0; i < doctorStageCount; ++i) {
        if (hasEnded(diagnosis.at(DoctorStage(i))))
            text += stage(diagnosis, DoctorStage(i));
    }
    text += leftOut(diagnosis);
    return kind == Kind::Markdown ? text : text + '\n' + summary(diagnosis);
}

} // namespace glasshouse
