// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/selfremarks.h"

#include "base/visibletext.h"
#include "client/doctor/report/doctorreportparts.h"
#include "net/transport/bindaddress.h"
#include "net/transport/descriptors.h"
#include "net/transport/reach.h"
#include "protocol/jsonobjecttext.h"

#include <QCoreApplication>
#include <algorithm>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

/// What is to be filled in, if the remark fits.
using Fits = std::optional<QStringList> (*)(const SelfFacts &);

struct Row
{
    const char *name;
    bool isIllness;
    Fits fits;
    const char *sentence;
    const char *fix;
};

std::optional<QStringList> when(bool fits, const QStringList &arguments = {})
{
    return fits ? std::optional(arguments) : std::nullopt;
}

/// Of those that people can come by. Names of certificates may have a star, and addresses none.
QStringList withoutCertificate(const SelfFacts &facts)
{
    const QString &bind = facts.config.bindAddress;
    QStringList missing = facts.lanAddresses;
    missing.removeIf([&](const QString &address) {
        return facts.certificate->names.contains(address) || (!isEverywhere(bind) && address != bind);
    });
    return missing;
}

bool lacksToken(const SelfFacts &facts) { return facts.config.auth == AuthMode::Token && facts.token.isEmpty(); }

bool isOpen(const SelfFacts &facts) { return facts.config.allowedOrigins.contains("*"); }

QString joined(const QList<QByteArray> &texts) { return QString::fromUtf8(QByteArrayList(texts).join(", ")); }

// In the order in which people are told.
const Row rows[] = {
    {"anotherProgram", true,
     [](const SelfFacts &facts) {
         return when(isAnothers(facts), {QString::number(facts.port), facts.owner});
     },
     QT_TRANSLATE_NOOP("DoctorSelf", "Port %1 is taken by %2, so that this server can not start."),
     QT_TRANSLATE_NOOP("DoctorSelf", "End that program, or choose another port with --port.")},
    {"notRunning", false, [](const SelfFacts &facts) { return when(facts.wasStarted, {QString::number(facts.port)}); },
     QT_TRANSLATE_NOOP("DoctorSelf", "Nothing listened on port %1; the server was started for this test."),
     QT_TRANSLATE_NOOP("DoctorSelf", "Start it with the same options: glasshouse serve …")},
    {"running", false,
     [](const SelfFacts &facts) {
         return when(!facts.wasStarted && !isAnothers(facts),
                     {QString::number(facts.port), facts.owner.isEmpty() ? u"?"_s : facts.owner});
     },
     QT_TRANSLATE_NOOP("DoctorSelf",
                       "A server listens on port %1 (%2); it is taken for one that was started with these options."),
     ""},
    {"loopbackOnly", false,
     [](const SelfFacts &facts) {
         const QString &bind = facts.config.bindAddress;
         return when(!isEverywhere(bind) && reachOf(bind) == Reach::ThisMachine, {bind});
     },
     QT_TRANSLATE_NOOP("DoctorSelf", "Only programs of this machine reach it: it listens on %1."),
     QT_TRANSLATE_NOOP("DoctorSelf", "Leave --bind out, so that it listens on all addresses.")},
    {"noNetwork", false,
     [](const SelfFacts &facts) {
         return when(isEverywhere(facts.config.bindAddress) && facts.lanAddresses.isEmpty());
     },
     QT_TRANSLATE_NOOP("DoctorSelf", "This machine is in no network, so that no phone reaches it."),
     QT_TRANSLATE_NOOP("DoctorSelf", "Connect it to the network of the phones.")},
    {"basePath", false,
     [](const SelfFacts &facts) {
         return when(!facts.config.basePath.isEmpty(), {QString::fromUtf8(facts.config.basePath)});
     },
     QT_TRANSLATE_NOOP("DoctorSelf", "Every address begins with the path %1."), ""},
    {"certificateSelfSigned", false,
     [](const SelfFacts &facts) { return when(facts.certificate && facts.certificate->selfSigned); },
     QT_TRANSLATE_NOOP("DoctorSelf", "Nobody vouches for the certificate: phones warn, and programs refuse it."),
     QT_TRANSLATE_NOOP("DoctorSelf",
                       "Let people accept it once, or use a certificate of an authority for a name of your own.")},
    {"certificateTime", true,
     [](const SelfFacts &facts) {
         const bool fits =
             facts.certificate && (facts.now > facts.certificate->notAfter || facts.now < facts.certificate->notBefore);
         return fits ? when(true, {facts.certificate->warning(facts.now)}) : std::nullopt;
     },
     QT_TRANSLATE_NOOP("DoctorSelf", "The certificate is not valid now: %1."),
     QT_TRANSLATE_NOOP("DoctorSelf", "Make or fetch a new one, and let the server read it (SIGHUP).")},
    {"certificateNames", false,
     [](const SelfFacts &facts) {
         const bool fits = facts.certificate && !withoutCertificate(facts).isEmpty();
         return fits ? when(true, {withoutCertificate(facts).join(u", "_s)}) : std::nullopt;
     },
     QT_TRANSLATE_NOOP("DoctorSelf", "The certificate does not name %1: who comes by that address is warned."),
     QT_TRANSLATE_NOOP("DoctorSelf", "Share a name that it has, or make one with the address in it.")},
    {"tokenWanted", false,
     [](const SelfFacts &facts) { return when(facts.config.auth == AuthMode::Token && !facts.token.isEmpty()); },
     QT_TRANSLATE_NOOP("DoctorSelf", "Only who brings a token comes in; the test has one."), ""},
    {"tokenMissing", true, [](const SelfFacts &facts) { return when(lacksToken(facts) && isOurs(facts)); },
     QT_TRANSLATE_NOOP("DoctorSelf", "Only who brings a token comes in, and none can be made with a public key alone."),
     QT_TRANSLATE_NOOP("DoctorSelf", "Give the test one with --token-file.")},
    {"tokenKept", false,
     [](const SelfFacts &facts) { return when(lacksToken(facts) && !isOurs(facts) && !isAnothers(facts)); },
     QT_TRANSLATE_NOOP(
         "DoctorSelf",
         "Only who brings a token comes in. The system does not tell whose server listens, so that the test "
         "sends none: it looks at /check/echo, which wants none."),
     QT_TRANSLATE_NOOP("DoctorSelf",
                       "If it is yours, run this as its user, or give the test a token with --token-file.")},
    {"ownPagesOnly", false, [](const SelfFacts &facts) { return when(facts.config.allowedOrigins.isEmpty()); },
     QT_TRANSLATE_NOOP("DoctorSelf", "Only its own pages may connect from a browser."),
     QT_TRANSLATE_NOOP("DoctorSelf", "For a page that another server delivers: --allow-origin https://its.address")},
    {"pagesOfOrigins", false,
     [](const SelfFacts &facts) {
         return when(!facts.config.allowedOrigins.isEmpty() && !isOpen(facts), {joined(facts.config.allowedOrigins)});
     },
     QT_TRANSLATE_NOOP("DoctorSelf", "Pages of these origins may connect besides its own: %1."), ""},
    {"pagesOfAnyOrigin", false, [](const SelfFacts &facts) { return when(isOpen(facts)); },
     QT_TRANSLATE_NOOP("DoctorSelf", "Pages of every origin may connect."), ""},
    {"descriptors", false,
     [](const SelfFacts &facts) {
         const int room = facts.descriptors - descriptorReserve;
         const int wanted = facts.config.limits.connections;
         return when(facts.descriptors >= 0 && (wanted == 0 || wanted > room), {QString::number(std::max(room, 0))});
     },
     QT_TRANSLATE_NOOP("DoctorSelf",
                       "The system lets a program like this have about %1 connections, and more are wanted."),
     QT_TRANSLATE_NOOP("DoctorSelf",
                       "Raise the limit of open files (ulimit -n, LimitNOFILE), or lower --max-connections.")},
};

QString filled(const char *text, const QStringList &arguments)
{
    QString words = QCoreApplication::translate("DoctorSelf", text);
    for (qsizetype i = 0; i < arguments.size(); ++i)
        words.replace(u'%' + QString::number(i + 1), arguments[i]);
    return words;
}

QByteArray objectOf(const SelfRemark &remark)
{
    JsonObjectText object;
    object.text("remark", QByteArrayView(remark.name)).flag("illness", remark.isIllness);
    object.text("sentence", remark.words.sentence).text("fix", remark.words.fix);
    return object.take();
}

QByteArray line(const QString &text) { return visible(text).toUtf8(); }

QByteArray textOf(const QList<SelfRemark> &remarks)
{
    QByteArray text = line(QCoreApplication::translate("DoctorSelf", "This server")) + '\n';
    for (const SelfRemark &remark : remarks) {
        const char *mark = remark.isIllness ? "✗ " : remark.words.fix.isEmpty() ? "· " : "! ";
        text += mark + line(remark.words.sentence) + '\n';
        if (!remark.words.fix.isEmpty())
            text += "  → " + line(remark.words.fix) + '\n';
    }
    return text + '\n';
}

QByteArray markdownOf(const QList<SelfRemark> &remarks)
{
    QByteArray text = "## " + plainMarkdown(QCoreApplication::translate("DoctorSelf", "This server")) + "\n\n";
    for (const SelfRemark &remark : remarks) {
        text += "- **" + plainMarkdown(remark.words.sentence) + "** (`" + remark.name + "`)\n";
        if (!remark.words.fix.isEmpty())
            text += "  - " + plainMarkdown(remark.words.fix) + '\n';
    }
    return text + '\n';
}

QByteArray jsonOf(const QList<SelfRemark> &remarks)
{
    QByteArrayList objects;
    for (const SelfRemark &remark : remarks)
        objects += objectOf(remark);
    JsonObjectText object;
    object.text("event", "self").json("remarks", '[' + objects.join(',') + ']');
    return visibleJson(object.take()) + '\n';
}

} // namespace

bool isOurs(const SelfFacts &facts) { return facts.wasStarted || facts.owner.startsWith("glasshouse"_L1); }

bool isAnothers(const SelfFacts &facts) { return !facts.owner.isEmpty() && !isOurs(facts); }

QList<SelfRemark> remarksOn(const SelfFacts &facts)
{
    QList<SelfRemark> remarks;
    for (const Row &row : rows) {
        if (const auto arguments = row.fits(facts))
            remarks.append({row.name, row.isIllness, {filled(row.sentence, *arguments), filled(row.fix, *arguments)}});
    }
    return remarks;
}

QByteArrayList selfRemarkNames()
{
    QByteArrayList names;
    for (const Row &row : rows)
        names += row.name;
    return names;
}

QByteArray remarkReport(const DoctorReport &form, const QList<SelfRemark> &remarks)
{
    switch (form.kind) {
    case DoctorReport::Kind::Text:
        return textOf(remarks);
    case DoctorReport::Kind::Markdown:
        return markdownOf(remarks);
    case DoctorReport::Kind::Json:
        break;
    }
    return jsonOf(remarks);
}

} // namespace glasshouse
