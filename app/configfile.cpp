// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/configfile.h"

#include <QFile>
#include <QFileInfo>
#include <QStringDecoder>
#include <algorithm>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

using LineResult = Result<ConfigLine, ConfigFileError>;

Error<ConfigFileError> error(ConfigFileError code, const QString &text) { return {code, text.toUtf8()}; }

bool isControl(QChar c) { return (c < u' ' && c != u'\t') || c == QChar(0x7f); }

bool isQuoted(const QString &text)
{
    return text.size() > 1 && text.front() == text.back() && (text.front() == u'"' || text.front() == u'\'');
}

/// A line that says something. What could be meant in two ways is refused: a comment behind a value, quotation marks.
LineResult parseLine(const QString &line, int number)
{
    const qsizetype equals = line.indexOf(u'=');
    const QString key = line.left(equals).trimmed();
    const QString value = equals < 0 ? QString() : line.mid(equals + 1).trimmed();
    if (equals < 0 || key.isEmpty())
        return error(ConfigFileError::NoKey, u"this is not key = value"_s);
    if (value.isEmpty())
        return error(ConfigFileError::NoValue, u"%1 has no value; a # in front of the line switches it off"_s.arg(key));
    if (value.startsWith(u'#') || value.contains(u" #"_s) || value.contains(u"\t#"_s))
        return error(ConfigFileError::Comment, u"%1: a comment needs a line of its own"_s.arg(key));
    if (isQuoted(value))
        return error(ConfigFileError::Quotes, u"%1: values stand without quotation marks"_s.arg(key));
    return ConfigLine{number, key, value};
}

/// Nullopt: it says nothing.
std::optional<LineResult> readLine(QByteArray bytes, int number)
{
    if (bytes.endsWith('\r'))
        bytes.chop(1);
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless); // else a cut end is waited for
    const QString line = decoder.decode(bytes);
    if (decoder.hasError())
        return error(ConfigFileError::WrongEncoding, u"this is not UTF-8"_s);
    if (std::any_of(line.begin(), line.end(), isControl))
        return error(ConfigFileError::ControlCharacter, u"there is a control character in it"_s);
    const QString text = line.trimmed();
    if (text.isEmpty() || text.startsWith(u'#'))
        return std::nullopt;
    return parseLine(text, number);
}

} // namespace

ConfigFile ConfigFile::parse(QByteArray text, const QString &name)
{
    ConfigFile file;
    if (text.startsWith("\xff\xfe") || text.startsWith("\xfe\xff")) {
        file.errors.append(error(ConfigFileError::WrongEncoding, u"%1 is UTF-16; it has to be UTF-8"_s.arg(name)));
        return file;
    }
    if (text.startsWith("\xef\xbb\xbf"))
        text.remove(0, 3);
    int number = 0;
    const QList<QByteArray> lines = text.split('\n');
    for (const QByteArray &bytes : lines) {
        const auto line = readLine(bytes, ++number);
        if (line && line->ok())
            file.lines.append(line->value());
        else if (line)
            file.errors.append(error(line->error().code,
                                     u"%1:%2: %3"_s.arg(name).arg(number).arg(QString::fromUtf8(line->error().text))));
    }
    return file;
}

ConfigFile ConfigFile::read(const QString &path)
{
    ConfigFile failed;
    QFile file(path);
    if (QFileInfo(path).isDir() || !file.open(QIODevice::ReadOnly)) {
        const QString reason = QFileInfo(path).isDir() ? u"it is a folder"_s : file.errorString();
        failed.errors.append(error(ConfigFileError::Unreadable, u"%1: %2"_s.arg(path, reason)));
        return failed;
    }
    const QByteArray text = file.read(maxBytes + 1);
    if (text.size() > maxBytes) {
        failed.errors.append(error(ConfigFileError::TooLong, u"%1 is longer than 256 KiB"_s.arg(path)));
        return failed;
    }
    return parse(text, path);
}

} // namespace glasshouse
