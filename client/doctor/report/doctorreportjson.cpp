// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/visibletext.h"
#include "client/doctor/report/doctorreportparts.h"
#include "protocol/jsonobjecttext.h"
#include "protocol/utf8check.h"

namespace glasshouse {

namespace {

QByteArray listOf(const QByteArrayList &values) { return '[' + values.join(',') + ']'; }

QByteArray textsOf(const QByteArrayList &texts)
{
    QByteArrayList values;
    for (const QByteArray &text : texts) {
        // JsonObjectText writes a text as a member only.
        const QByteArray object = JsonObjectText().text("x", text).take();
        values += object.sliced(object.indexOf(':') + 1).chopped(1);
    }
    return listOf(values);
}

QByteArray objectOf(const DoctorFinding &finding)
{
    const DoctorWords words = wordsOf(finding);
    const DoctorCauseRow &row = rowOf(finding.cause);
    JsonObjectText object;
    object.text("cause", QByteArrayView(row.name)).flag("illness", row.isIllness);
    object.text("sentence", words.sentence).text("fix", words.fix).json("arguments", textsOf(finding.arguments));
    return object.take();
}

QByteArray objectOf(const DoctorEvidence &evidence)
{
    JsonObjectText object;
    object.text("fact", nameOf(evidence.fact)).text("sentence", wordsOf(evidence));
    object.json("arguments", textsOf(evidence.arguments));
    if (!evidence.bytes.isEmpty())
        Utf8Check::isValid(evidence.bytes) ? object.text("text", evidence.bytes)
                                           : object.text("base64", evidence.bytes.toBase64());
    if (evidence.us >= 0)
        object.number("microseconds", evidence.us);
    return object.take();
}

template <typename Row>
QByteArray objectsOf(const QList<Row> &rows)
{
    QByteArrayList values;
    for (const Row &row : rows)
        values += objectOf(row);
    return listOf(values);
}

void addStage(JsonObjectText &object, const DoctorStageResult &result, DoctorStage stage)
{
    object.text("stage", nameOf(stage)).text("verdict", nameOf(result.verdict));
    if (result.beganMs >= 0)
        object.number("beganMs", result.beganMs);
    if (result.tookMs >= 0)
        object.number("tookMs", result.tookMs);
    object.json("findings", objectsOf(result.findings)).json("evidence", objectsOf(result.evidence));
}

QByteArray stagesOf(const Diagnosis &diagnosis)
{
    QByteArrayList values;
    for (int i = 0; i < doctorStageCount; ++i) {
        JsonObjectText object;
        addStage(object, diagnosis.at(DoctorStage(i)), DoctorStage(i));
        values += object.take();
    }
    return listOf(values);
}

} // namespace

QByteArray jsonOf(const Diagnosis &diagnosis, DoctorStage stage)
{
    JsonObjectText object;
    object.text("event", "stage").text("url", shownAddress(diagnosis.url));
    addStage(object, diagnosis.at(stage), stage);
    return visibleJson(object.take());
}

QByteArray jsonOf(const Diagnosis &diagnosis)
{
    JsonObjectText object;
    object.text("event", "diagnosis").text("url", shownAddress(diagnosis.url));
    object.text("began", diagnosis.began.toUTC().toString(Qt::ISODateWithMs));
    object.flag("over", diagnosis.over).flag("stopped", diagnosis.stopped);
    object.text("verdict", nameOf(diagnosis.verdict()));
    const DoctorFinding *cause = diagnosis.cause();
    object.json("cause", cause == nullptr ? QByteArray("null") : '"' + QByteArray(rowOf(cause->cause).name) + '"');
    if (cause != nullptr) {
        const DoctorWords words = wordsOf(*cause);
        object.text("sentence", words.sentence).text("fix", words.fix);
    }
    object.json("behind", textsOf(diagnosis.behind)).json("stages", stagesOf(diagnosis));
    return visibleJson(object.take());
}

} // namespace glasshouse
