// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/visibletext.h"
#include "client/doctor/diagnosis.h"

#include <QCoreApplication>
#include <array>

namespace glasshouse {

namespace {

#define GH_TEXT(text) QT_TRANSLATE_NOOP("Doctor", text)

struct FactRow
{
    const char *name;
    const char *sentence;
};

// In the order of DoctorFact.
constexpr std::array<FactRow, doctorFactCount> facts{{
    {"none", ""},
    {"resolved", GH_TEXT("%1 is %2")},
    {"notResolved", GH_TEXT("%1: %2")},
    {"connected", GH_TEXT("%1 answers")},
    {"notConnected", GH_TEXT("%1: %2")},
    {"tlsAgreed", GH_TEXT("%1, %2")},
    {"certificate", GH_TEXT("Certificate of %1, issued by %2")},
    {"certificateNames", GH_TEXT("It is good for %1")},
    {"certificateTimes", GH_TEXT("It is valid from %1 to %2")},
    {"certificateFingerprint", GH_TEXT("Its fingerprint is %1")},
    {"certificateAbove", GH_TEXT("Sent with it: %1, issued by %2")},
    {"certificateComplaint", GH_TEXT("About it: %1")},
    {"tlsWords", GH_TEXT("TLS: %1")},
    {"request", GH_TEXT("The request")},
    {"answer", GH_TEXT("The answer: %1")},
    {"answerBody", GH_TEXT("Its body")},
    {"answerTime", GH_TEXT("It came after %1 ms")},
    {"firstBytes", GH_TEXT("What came in place of an answer")},
    {"nothingCame", GH_TEXT("Nothing came in %1 ms")},
    {"streamEnded", GH_TEXT("The connection ended: %1")},
    {"withScheme", GH_TEXT("With %1: %2")},
    {"withoutOrigin", GH_TEXT("Without an Origin: %1")},
    {"withOrigin", GH_TEXT("With the Origin %1: %2")},
    {"withoutToken", GH_TEXT("Without the token: %1")},
    {"withTokenIn", GH_TEXT("With the token %1: %2")},
    {"withPath", GH_TEXT("At the path %1: %2")},
    {"withHost", GH_TEXT("With the Host %1: %2")},
    {"withoutSubprotocols", GH_TEXT("Without subprotocols: %1")},
    {"withSubprotocols", GH_TEXT("With the subprotocols %1: %2")},
    {"withoutExtensions", GH_TEXT("Without extensions: %1")},
    {"withoutAlpn", GH_TEXT("Without ALPN: %1")},
    {"withNewKey", GH_TEXT("Asked once more: %1")},
    {"withGet", GH_TEXT("A plain GET of %1: %2")},
    {"withAddress", GH_TEXT("At the address %1: %2")},
    {"subprotocols", GH_TEXT("Offered: %1; chosen: %2")},
    {"extensions", GH_TEXT("Extensions that were agreed: %1")},
    {"token", GH_TEXT("A token in %1")},
    {"tokenUnreadable", GH_TEXT("What stands in %1 is no JWT: nothing can be read in it")},
    {"tokenTime", GH_TEXT("%1: %2")},
    {"tokenClaim", GH_TEXT("%1: %2")},
    {"serverClock", GH_TEXT("The server's clock is %1 s ahead of this device's")},
    {"frame", GH_TEXT("A frame: %1, %2 bytes")},
    {"silence", GH_TEXT("The server said nothing in %1 ms")},
    {"serverClosed", GH_TEXT("The server closed: %1")},
    {"brokenRule", GH_TEXT("A frame breaks a rule: %1")},
    {"pong", GH_TEXT("A pong came")},
    {"pongMissing", GH_TEXT("No pong for ping %1")},
    {"messageTaken", GH_TEXT("A message of %1 bytes was taken")},
    {"messageEnded", GH_TEXT("A message of %1 bytes ended the connection: %2")},
    {"closeAnswered", GH_TEXT("The close was answered: %1")},
    {"streamClosed", GH_TEXT("The server ended the TCP connection")},
    {"serverPings", GH_TEXT("The server pings by itself, every %1 s")},
    {"serverTalks", GH_TEXT("The server speaks by itself: %1 messages")},
    {"lived", GH_TEXT("The silent connection lived for %1 s")},
    {"stillLives", GH_TEXT("After %1 s the silent connection is alive")},
    {"knownTimeout", GH_TEXT("Known to end connections after that time: %1")},
    {"thisMachine", GH_TEXT("%1 is an address of this machine")},
    {"portOwner", GH_TEXT("Port %1 belongs to %2")},
    {"portFree", GH_TEXT("No program listens on port %1")},
    {"machineAddresses", GH_TEXT("This machine's addresses in the network: %1")},
    {"descriptors", GH_TEXT("It has opened %1 of %2 files")},
}};

/// In one pass: an argument may hold a %1 of its own.
QString filled(const char *text, const QByteArrayList &arguments)
{
    if (*text == '\0')
        return {};
    const QString pattern = QCoreApplication::translate("Doctor", text);
    QString out;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        const int digit = pattern[i] == u'%' && i + 1 < pattern.size() ? pattern[i + 1].digitValue() : -1;
        if (digit < 1) {
            out += pattern[i];
            continue;
        }
        out += visible(QString::fromUtf8(arguments.value(digit - 1)));
        ++i;
    }
    return out;
}

} // namespace

DoctorWords wordsOf(const DoctorFinding &finding)
{
    const DoctorCauseRow &row = rowOf(finding.cause);
    return {filled(row.sentence, finding.arguments), filled(row.fix, finding.arguments)};
}

QString wordsOf(const DoctorEvidence &evidence)
{
    return filled(facts[std::size_t(evidence.fact)].sentence, evidence.arguments);
}

QByteArrayView nameOf(DoctorFact fact) { return facts[std::size_t(fact)].name; }

} // namespace glasshouse
