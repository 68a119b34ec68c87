// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/drafts/importedconnection.h"

#include "client/drafts/addressquery.h"
#include "client/drafts/shellwords.h"

#include <QCoreApplication>
#include <QUrl>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace glasshouse {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ImportedConnection)
};

constexpr int followedRedirects = 10;
constexpr int curlRedirects = 50; // of --location, where --max-redirs says nothing

bool is(const QByteArray &name, const char *other) { return name.compare(other, Qt::CaseInsensitive) == 0; }

/// Those that a client writes itself.
bool isOurs(const QByteArray &name)
{
    static constexpr const char *ours[] = {"Connection", "Upgrade",       "Sec-WebSocket-Key", "Sec-WebSocket-Version",
                                           "Host",       "Content-Length"};
    return std::ranges::any_of(ours, [&](const char *one) { return is(name, one); });
}

/// Puts a header where its like is set up.
void takeHeader(ImportedConnection &to, const QByteArray &name, const QByteArray &value)
{
    TestClientOptions &options = to.draft.options;
    if (is(name, "Origin")) {
        options.origin = value;
    } else if (is(name, "Sec-WebSocket-Protocol")) {
        const QByteArrayList offered = value.split(',');
        for (const QByteArray &one : offered)
            options.subprotocols += one.trimmed();
    } else if (is(name, "Sec-WebSocket-Extensions")) {
        options.deflate.offered = value.contains("permessage-deflate");
    } else if (!isOurs(name)) {
        options.headers.append({name, value});
    }
}

QString withWebSocketScheme(const QString &address)
{
    static const std::pair<QLatin1StringView, QLatin1StringView> schemes[] = {{"http://"_L1, "ws://"_L1},
                                                                              {"https://"_L1, "wss://"_L1}};
    for (const auto &[http, ws] : schemes) {
        if (address.startsWith(http, Qt::CaseInsensitive))
            return ws + address.mid(http.size());
    }
    return address;
}

void takeBasic(ImportedConnection &to, const QString &pair)
{
    to.draft.options.headers.append({"Authorization", "Basic " + pair.toUtf8().toBase64()});
}

/// What stands for a port that is not written, by scheme: the programs differ.
struct ProxyPorts
{
    int http;
    int https = 443;
    int socks = 1080;

    [[nodiscard]] int of(const QString &scheme) const
    {
        return scheme.startsWith("socks"_L1) ? socks : scheme == "https"_L1 ? https : http;
    }
};
constexpr ProxyPorts wscatPorts{80};
constexpr ProxyPorts curlPorts{1080};

/// "http://user:password@host:port", "socks5h://host", "host:port".
void takeProxy(ImportedConnection &to, const QString &written, TestClientProxy::Kind plain, const ProxyPorts &ports)
{
    const QUrl url(written.contains("://"_L1) ? written : "http://"_L1 + written);
    TestClientProxy &proxy = to.draft.options.proxy;
    proxy.kind = url.scheme().startsWith("socks"_L1) ? TestClientProxy::Kind::Socks5
        : written.contains("://"_L1)                 ? TestClientProxy::Kind::Http
                                                     : plain;
    proxy.host = url.host();
    proxy.port = quint16(url.port(ports.of(url.scheme())));
    if (!url.userName().isEmpty()) {
        proxy.user = url.userName(QUrl::FullyDecoded);
        proxy.password = url.password(QUrl::FullyDecoded);
    }
}

/// What an option does with its value.
using Take = void (*)(ImportedConnection &to, const QString &value);

/// An option of another program: a row of a table.
struct Row
{
    const char *names; ///< with blanks around each
    bool hasValue;
    Take take; ///< null: it means nothing here, and nothing is lost
};

void takeWrittenHeader(ImportedConnection &to, const QString &line)
{
    const qsizetype colon = line.indexOf(u':');
    if (colon > 0)
        takeHeader(to, line.left(colon).trimmed().toUtf8(), line.mid(colon + 1).trimmed().toUtf8());
    else
        to.notTaken += line.section(u';', 0, 0);
}

void takeAuthorities(ImportedConnection &to, const QString &file)
{
    to.draft.options.trust.authorities = file;
    to.draft.options.trust.system = false;
}

void takeCertificate(ImportedConnection &to, const QString &file) { to.draft.options.trust.certFile = file; }
void takeKey(ImportedConnection &to, const QString &file) { to.draft.options.trust.keyFile = file; }
void takeAnyCertificate(ImportedConnection &to, const QString &) { to.draft.options.ignoreTlsErrors = true; }
void takeRedirects(ImportedConnection &to, const QString &count)
{
    to.draft.options.maxRedirects = qBound(0, count.toInt(), curlRedirects);
}

const Row wscatRows[] = {
    {" -c --connect ", true, [](ImportedConnection &to, const QString &v) { to.draft.address = v; }},
    {" -H --header ", true, takeWrittenHeader},
    {" -s --subprotocol ", true,
     [](ImportedConnection &to, const QString &v) { takeHeader(to, "Sec-WebSocket-Protocol", v.toUtf8()); }},
    {" -o --origin ", true, [](ImportedConnection &to, const QString &v) { takeHeader(to, "Origin", v.toUtf8()); }},
    {" --host ", true,
     [](ImportedConnection &to, const QString &v) {
         to.draft.options.headers.append({"Host", v.toUtf8()});
     }},
    {" --auth ", true, takeBasic},
    {" --token ", true,
     [](ImportedConnection &to, const QString &v) {
         to.draft.token = v;
         to.draft.tokenWay = TokenWay::Header;
     }},
    {" -n --no-check ", false, takeAnyCertificate},
    {" --ca ", true, takeAuthorities},
    {" --cert ", true, takeCertificate},
    {" --key ", true, takeKey},
    {" --proxy ", true,
     [](ImportedConnection &to, const QString &v) { takeProxy(to, v, TestClientProxy::Kind::Http, wscatPorts); }},
    {" -L --location ", false,
     [](ImportedConnection &to, const QString &) { to.draft.options.maxRedirects = followedRedirects; }},
    {" --max-redirects ", true, takeRedirects},
    {" -x --execute ", true,
     [](ImportedConnection &to, const QString &v) {
         to.draft.options.first.append({false, v.toUtf8()});
     }},
    {" --reconnect ", false,
     [](ImportedConnection &to, const QString &) { to.draft.options.reconnect.enabled = true; }},
    {" --no-color -P --show-ping-pong --slash --json ", false, nullptr},
};

const Row curlRows[] = {
    {" --url ", true, [](ImportedConnection &to, const QString &v) { to.draft.address = v; }},
    {" -H --header ", true, takeWrittenHeader},
    {" -u --user ", true, takeBasic},
    {" --oauth2-bearer ", true,
     [](ImportedConnection &to, const QString &v) {
         to.draft.token = v;
         to.draft.tokenWay = TokenWay::Header;
     }},
    {" -A --user-agent ", true,
     [](ImportedConnection &to, const QString &v) { takeHeader(to, "User-Agent", v.toUtf8()); }},
    {" -b --cookie ", true, [](ImportedConnection &to, const QString &v) { takeHeader(to, "Cookie", v.toUtf8()); }},
    {" -e --referer ", true, [](ImportedConnection &to, const QString &v) { takeHeader(to, "Referer", v.toUtf8()); }},
    {" -k --insecure ", false, takeAnyCertificate},
    {" --cacert ", true, takeAuthorities},
    {" -E --cert ", true, takeCertificate},
    {" --key ", true, takeKey},
    {" -x --proxy --preproxy ", true,
     [](ImportedConnection &to, const QString &v) { takeProxy(to, v, TestClientProxy::Kind::Http, curlPorts); }},
    {" --socks5 --socks5-hostname ", true,
     [](ImportedConnection &to, const QString &v) { takeProxy(to, v, TestClientProxy::Kind::Socks5, curlPorts); }},
    {" -U --proxy-user ", true,
     [](ImportedConnection &to, const QString &v) {
         to.draft.options.proxy.user = v.section(u':', 0, 0);
         to.draft.options.proxy.password = v.section(u':', 1);
     }},
    {" -L --location ", false,
     [](ImportedConnection &to, const QString &) { to.draft.options.maxRedirects = curlRedirects; }},
    {" --max-redirs ", true, takeRedirects},
    {" --connect-timeout ", true,
     [](ImportedConnection &to, const QString &v) {
         to.draft.options.openingMs = qBound(100, int(qBound(0.0, v.toDouble(), 600.0) * 1000), 600'000);
     }},
    {" -i --include -v --verbose -s --silent -S --show-error -N --no-buffer --http1.1 -0 --http1.0 -f --fail -g "
     "--globoff ",
     false, nullptr},
    {" -X --request -o --output ", true, nullptr},
};

using Rows = QList<Row>;

const Row *rowNamed(const Rows &rows, const QString &name)
{
    const QByteArray wanted = ' ' + name.toUtf8() + ' ';
    const auto row = std::ranges::find_if(rows, [&](const Row &r) { return QByteArrayView(r.names).contains(wanted); });
    return row == rows.end() ? nullptr : &*row;
}

/// Goes through the words of a line behind the program's name.
class Reader
{
public:
    Reader(Rows rows, QStringList words) : m_rows(std::move(rows)), m_words(std::move(words)) { }

    Result<ImportedConnection, ImportFault> read()
    {
        for (; m_at < m_words.size() && m_fault.isEmpty(); ++m_at)
            takeWord(m_words[m_at]);
        if (!m_fault.isEmpty())
            return Error<ImportFault>{ImportFault::NoValue, m_fault.toUtf8()};
        if (m_to.draft.address.isEmpty())
            return Error<ImportFault>{ImportFault::NoAddress, {}};
        m_to.notTaken.removeDuplicates();
        return m_to;
    }

private:
    Rows m_rows;
    QStringList m_words;
    qsizetype m_at = 0;
    QString m_fault; ///< an option that lacks its value
    ImportedConnection m_to;

    void takeWord(const QString &word)
    {
        if (word.startsWith("--"_L1))
            takeOption(word.section(u'=', 0, 0),
                       word.contains(u'=') ? std::optional(word.section(u'=', 1)) : std::nullopt);
        else if (word.size() > 1 && word.startsWith(u'-'))
            takeLetters(word.mid(1));
        else if (m_to.draft.address.isEmpty())
            m_to.draft.address = word;
        else
            m_to.notTaken += word.left(40);
    }

    /// "-kL", "-Hname:value".
    void takeLetters(const QString &letters)
    {
        for (qsizetype i = 0; i < letters.size(); ++i) {
            const QString name = u'-' + letters.mid(i, 1);
            const Row *row = rowNamed(m_rows, name);
            const QString rest = letters.mid(i + 1);
            if (row != nullptr && row->hasValue)
                return takeOption(name, rest.isEmpty() ? std::nullopt : std::optional(rest));
            takeOption(name, std::nullopt);
        }
    }

    void takeOption(const QString &name, const std::optional<QString> &written)
    {
        const Row *row = rowNamed(m_rows, name);
        if (row == nullptr) {
            m_to.notTaken += name;
            skipValue();
            return;
        }
        QString value = written.value_or(QString());
        if (row->hasValue && !written) {
            if (++m_at >= m_words.size()) {
                m_fault = name;
                return;
            }
            value = m_words[m_at];
        }
        if (row->take != nullptr)
            row->take(m_to, value);
    }

    /// Behind an option that nobody knows: what is no address of a server belongs to it.
    void skipValue()
    {
        const QString next = m_words.value(m_at + 1);
        if (!next.isEmpty() && !next.startsWith(u'-') && !next.contains("://"_L1))
            ++m_at;
    }
};

void escapeAll(ConnectionDraft &draft)
{
    forEachText(draft, [](const DraftText &, QString &text) { text = TextVariables::escaped(text); });
}

} // namespace

Result<ImportedConnection, ImportFault> importLine(const QString &line)
{
    auto words = shellWords(line.left(longestImport));
    if (words && words->value(0) == "npx"_L1)
        words->removeFirst();
    if (!words)
        return Error<ImportFault>{ImportFault::OpenQuote, {}};
    if (words->isEmpty())
        return Error<ImportFault>{ImportFault::Nothing, {}};
    QString program = words->first().section(u'/', -1).section(u'\\', -1).toLower();
    if (program.endsWith(".exe"_L1))
        program.chop(4);
    const bool isOurs = program == "glasshouse"_L1 && words->value(1) == "connect"_L1;
    if (program != "wscat"_L1 && program != "curl"_L1 && !isOurs)
        return Error<ImportFault>{ImportFault::UnknownProgram, words->first().left(40).toUtf8()};
    const bool isCurl = program == "curl"_L1;
    auto read = Reader(isCurl ? Rows(std::begin(curlRows), std::end(curlRows))
                              : Rows(std::begin(wscatRows), std::end(wscatRows)),
                       words->mid(isOurs ? 2 : 1))
                    .read();
    if (read) {
        read.value().draft.address = withWebSocketScheme(read.value().draft.address);
        escapeAll(read.value().draft);
    }
    return read;
}

ImportedConnection importRequest(const QString &address, const HttpHead &request, QByteArrayView redacted)
{
    ImportedConnection to;
    const QString hidden = QString::fromUtf8(redacted);
    QList<QueryItem> items = queryItems(address);
    for (const QueryItem &item : std::as_const(items)) {
        if (item.value.contains(hidden))
            to.notTaken += u'?' + item.name;
    }
    items.removeIf([&](const QueryItem &item) { return item.value.contains(hidden); });
    to.draft.address = withQueryItems(address, items);
    to.lacksAddress = QUrl::fromPercentEncoding(to.draft.address.toUtf8()).contains(hidden);
    for (const HttpHeader &header : request.headers) {
        const bool isList = is(header.name, "Sec-WebSocket-Protocol");
        QByteArrayList values = isList ? header.value.split(',') : QByteArrayList{header.value};
        if (values.removeIf([&](const QByteArray &value) { return value.contains(redacted); }) > 0)
            to.notTaken += QString::fromUtf8(header.name);
        if (!values.isEmpty())
            takeHeader(to, header.name, values.join(','));
    }
    escapeAll(to.draft);
    return to;
}

QString importFaultText(ImportFault fault, const QString &word)
{
    switch (fault) {
    case ImportFault::Nothing:
        return Words::tr("Paste a line that begins with wscat or curl");
    case ImportFault::OpenQuote:
        return Words::tr("A quotation mark is not closed");
    case ImportFault::UnknownProgram:
        return Words::tr("The line begins with “%1”; lines of wscat, curl and glasshouse connect can be read")
            .arg(word);
    case ImportFault::NoAddress:
        return Words::tr("There is no address in the line");
    case ImportFault::NoValue:
        return Words::tr("The value behind %1 is missing").arg(word);
    }
    Q_UNREACHABLE();
}

} // namespace glasshouse
