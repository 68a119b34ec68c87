// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/drafts/connectiondraft.h"

#include "client/testclienttarget.h"

#include <QCoreApplication>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace glasshouse {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ConnectionDraft)
};

using Visit = std::function<void(const DraftText &what, QString &text)>;

void visitBytes(const DraftText &what, QByteArray &bytes, const Visit &visit)
{
    QString text = QString::fromUtf8(bytes);
    const QString before = text;
    visit(what, text);
    if (text != before) // else it may hold what is no UTF-8
        bytes = text.toUtf8();
}

void visitMessage(TestClientMessage &message, const Visit &visit)
{
    if (!message.binary)
        visitBytes({DraftText::Kind::Message}, message.bytes, visit);
}

TextForm formOf(const DraftText &what, const QString &text)
{
    const QString start = what.kind == DraftText::Kind::Message ? text.trimmed().left(1) : QString();
    return start == u"{" || start == u"[" ? TextForm::Json : TextForm::Plain;
}

/// In an address a value behind the question mark is a parameter's.
FilledText filled(const DraftText &what, const QString &text, TextVariables &variables)
{
    const qsizetype mark = what.kind == DraftText::Kind::Address ? text.indexOf(u'?') : -1;
    if (mark < 0)
        return variables.fill(text, formOf(what, text));
    FilledText start = variables.fill(text.left(mark));
    if (!start.ok())
        return start;
    FilledText query = variables.fill(text.mid(mark), TextForm::Query);
    if (query.ok())
        query.text.prepend(start.text);
    else
        query.position += mark;
    return query;
}

/// Of several it would be left to the server which counts.
void dropAuthorization(HttpHeaders &headers)
{
    headers.removeIf([](const HttpHeader &h) { return h.name.compare("Authorization", Qt::CaseInsensitive) == 0; });
}

} // namespace

QString draftTextName(const DraftText &text)
{
    switch (text.kind) {
    case DraftText::Kind::Address:
        return Words::tr("the address");
    case DraftText::Kind::Origin:
        return Words::tr("the origin");
    case DraftText::Kind::Subprotocol:
        return Words::tr("the subprotocols");
    case DraftText::Kind::Header:
        return Words::tr("the header “%1”").arg(QString::fromUtf8(text.name));
    case DraftText::Kind::Token:
        return Words::tr("the token");
    case DraftText::Kind::ProxyHost:
        return Words::tr("the proxy's host");
    case DraftText::Kind::ProxyUser:
        return Words::tr("the proxy's user");
    case DraftText::Kind::ProxyPassword:
        return Words::tr("the proxy's password");
    case DraftText::Kind::Message:
        return Words::tr("a message that is said by itself");
    }
    Q_UNREACHABLE();
}

void forEachText(ConnectionDraft &draft, const Visit &visit)
{
    TestClientOptions &options = draft.options;
    visit({DraftText::Kind::Address}, draft.address);
    visitBytes({DraftText::Kind::Origin}, options.origin, visit);
    for (QByteArray &name : options.subprotocols)
        visitBytes({DraftText::Kind::Subprotocol}, name, visit);
    for (HttpHeader &header : options.headers)
        visitBytes({DraftText::Kind::Header, header.name}, header.value, visit);
    visit({DraftText::Kind::Token}, draft.token);
    visit({DraftText::Kind::ProxyHost}, options.proxy.host);
    visit({DraftText::Kind::ProxyUser}, options.proxy.user);
    visit({DraftText::Kind::ProxyPassword}, options.proxy.password);
    for (TestClientMessage &message : options.first)
        visitMessage(message, visit);
    if (options.heartbeat)
        visitMessage(*options.heartbeat, visit);
}

FilledDraft fillDraft(ConnectionDraft draft, TextVariables &variables)
{
    FilledDraft result;
    if (draft.tokenWay == TokenWay::None)
        draft.token.clear();
    forEachText(draft, [&](const DraftText &what, QString &text) {
        const FilledText one = filled(what, text, variables);
        if (!one.ok() && !result.fault) {
            result.fault = one;
            result.place = what;
        }
        text = one.text;
    });
    const QString token = draft.token.trimmed();
    if (draft.tokenWay == TokenWay::Header && !token.isEmpty())
        dropAuthorization(draft.options.headers);
    placeToken(token, draft.tokenWay, draft.address, draft.options);
    result.options = draft.options;
    result.options.url = urlFromInput(draft.address);
    return result;
}

} // namespace glasshouse
