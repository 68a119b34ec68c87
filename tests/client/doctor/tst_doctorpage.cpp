// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/doctor/doctorcauses.h"
#include "tests/support/writtenpart.h"

using namespace glasshouse;

// The list of causes in docs/doctor.md is made from the table in doctorcauses.cpp. scripts/causes runs this with
// GLASSHOUSE_REWRITE_DOCS=1: then it writes the list in place of comparing it.

namespace {

constexpr auto begin = "<!-- causes: written by scripts/causes -->\n";
constexpr auto end = "<!-- end of causes -->\n";

struct Group
{
    DoctorCause first; ///< up to the next group's
    const char *title;
};
constexpr Group groups[] = {
    {DoctorCause::UrlInvalid, "Address"},
    {DoctorCause::NameNotFound, "Names"},
    {DoctorCause::ConnectionRefused, "Network"},
    {DoctorCause::TlsUnusable, "TLS"},
    {DoctorCause::PlainToTlsPort, "Upgrade"},
    {DoctorCause::SubprotocolNotChosen, "Subprotocols"},
    {DoctorCause::OriginAny, "Origin and token"},
    {DoctorCause::ResetAfterUpgrade, "First messages"},
    {DoctorCause::PongMissing, "Pings, sizes and closes"},
    {DoctorCause::IdleTooShort, "Silence"},
    {DoctorCause::DescriptorsShort, "The server's machine"},
};

/// What is filled in has no value here.
QByteArray withoutPlaces(const char *text)
{
    QByteArray plain(text);
    for (char digit = '1'; digit <= '9'; ++digit)
        plain.replace(QByteArray("%") + digit, "…");
    return plain.replace('|', "\\|");
}

QByteArray list()
{
    QByteArray text;
    for (int i = 1; i < doctorCauseCount; ++i) {
        for (const Group &group : groups) {
            if (int(group.first) == i)
                text += "\n### " + QByteArray(group.title)
                    + "\n| cause | ill? | what it is | what to do |\n|---|---|---|---|\n";
        }
        const DoctorCauseRow &row = rowOf(DoctorCause(i));
        text += "| `" + QByteArray(row.name) + "` | " + (row.isIllness ? "ill" : "noted") + " | "
            + withoutPlaces(row.sentence) + " | " + withoutPlaces(row.fix) + " |\n";
    }
    return text.replace("|  |", "| |");
}

} // namespace

class TestDoctorPage final : public QObject
{
    Q_OBJECT
private slots:
    void docsSayWhatTheTableSays()
    {
        compareOrRewrite(QStringLiteral(GLASSHOUSE_SOURCE_DIR "/docs/doctor.md"), begin, end, list());
    }
};

QTEST_GUILESS_MAIN(TestDoctorPage)
#include "tst_doctorpage.moc"
