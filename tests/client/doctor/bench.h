// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/doctor/doctor.h"
#include "tests/client/doctor/scriptedserver.h"

#include <QSignalSpy>
#include <QTest>

namespace glasshouse {

/// A server, and what a doctor is asked about it. Times are short.
struct DoctorBench
{
    ScriptedServer server;
    DoctorOrder order;
    DoctorTools tools;
    std::vector<std::unique_ptr<QObject>> more; ///< that lives as long

    DoctorBench()
    {
        order.client.openingMs = 400;
        order.client.closingMs = 200;
        order.idleMs = 150;
        order.client.trust.system = false; // no need to read them all
    }

    /// For who is answered at once: a busy machine is no slow server, and little waits that long.
    void bePatient() { order.client.openingMs = 1'500; }
    [[nodiscard]] Script &script() { return server.script; }
    /// ws://127.0.0.1:PORT/ws
    void listen(const char *scheme = "ws", const char *host = "127.0.0.1", const char *path = "/ws")
    {
        QVERIFY(server.listen());
        setUrl(scheme, host, server.port(), path);
    }
    void setUrl(const char *scheme, const char *host, quint16 port, const char *path = "/ws")
    {
        order.client.url = QUrl(QStringLiteral("%1://%2:%3%4")
                                    .arg(QLatin1String(scheme), QLatin1String(host))
                                    .arg(port)
                                    .arg(QLatin1String(path)));
    }
    /// Every name has these addresses.
    void resolveTo(const QList<QHostAddress> &addresses)
    {
        tools.resolve = [addresses](const QString &, DoctorTools::Resolved resolved) {
            QTimer::singleShot(0, [addresses, resolved] { resolved(addresses, "no such name"); });
        };
    }
    [[nodiscard]] Diagnosis examine()
    {
        Doctor doctor(tools);
        QSignalSpy finished(&doctor, &Doctor::finished);
        doctor.start(order);
        if (finished.isEmpty() && !finished.wait(30'000))
            qWarning("it does not come to an end");
        return doctor.diagnosis();
    }
};

/// A way for a server to be broken, and what has to be said of it.
struct BrokenCase
{
    const char *name;
    void (*arrange)(DoctorBench &bench);
    const char *cause;
};

/// All that was found, for who looks at a failed test.
inline QByteArray report(const Diagnosis &diagnosis)
{
    QByteArray text;
    for (int i = 0; i < doctorStageCount; ++i) {
        const DoctorStageResult &result = diagnosis.at(DoctorStage(i));
        text += "\n" + nameOf(DoctorStage(i)).toByteArray() + ": " + nameOf(result.verdict).toByteArray();
        for (const DoctorFinding &finding : result.findings)
            text += "\n  * " + QByteArray(rowOf(finding.cause).name) + ": " + wordsOf(finding).sentence.toUtf8();
        for (const DoctorEvidence &evidence : result.evidence)
            text += "\n    - " + wordsOf(evidence).toUtf8();
    }
    return text;
}

template <std::size_t size>
void addCases(const BrokenCase (&cases)[size])
{
    QTest::addColumn<const BrokenCase *>("broken");
    for (const BrokenCase &one : cases)
        QTest::newRow(one.name) << &one;
}

inline void examineCase(const BrokenCase &broken)
{
    DoctorBench bench;
    broken.arrange(bench);
    const Diagnosis diagnosis = bench.examine();
    QVERIFY2(diagnosis.over && !diagnosis.stopped, report(diagnosis).constData());
    QVERIFY2(diagnosis.verdict() == DoctorVerdict::Ill && diagnosis.cause() != nullptr, report(diagnosis).constData());
    QVERIFY2(QByteArray(rowOf(diagnosis.cause()->cause).name) == broken.cause, report(diagnosis).constData());
    const DoctorWords words = wordsOf(*diagnosis.cause());
    QVERIFY2(!words.sentence.isEmpty() && !words.sentence.contains(u'%'), qPrintable(words.sentence));
}

} // namespace glasshouse

Q_DECLARE_METATYPE(const glasshouse::BrokenCase *)
