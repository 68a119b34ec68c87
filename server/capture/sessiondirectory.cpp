// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/capture/sessiondirectory.h"

#include "base/privatefiles.h"
#include "server/capture/captureformat.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

const auto sessionFile = "session.json"_L1;

} // namespace

bool hasSessionFile(const QDir &directory) { return directory.exists(sessionFile); }

QString writeSession(const QDir &directory)
{
    const QJsonObject session{{u"format"_s, int{captureFormatVersion}},
                              {u"program"_s, u"Glasshouse " GLASSHOUSE_VERSION ""_s},
                              {u"started"_s, QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)}};
    FileInWaiting file(directory.filePath(sessionFile));
    return file.write(QJsonDocument(session).toJson()) && file.commit() ? QString() : file.errorString();
}

bool isReadableFormat(const QDir &directory)
{
    QFile file(directory.filePath(sessionFile));
    if (!file.open(QIODevice::ReadOnly))
        return true;
    const QJsonValue format = QJsonDocument::fromJson(file.read(64 * 1024)).object().value("format"_L1);
    return format.isUndefined() || (format.toInt() >= 1 && format.toInt() <= int{captureFormatVersion});
}

std::vector<quint32> segmentNumbers(const QDir &directory)
{
    std::vector<quint32> numbers;
    for (const QString &name : directory.entryList(QDir::Files)) {
        if (const quint32 number = segmentNumber(name); number != 0)
            numbers.push_back(number);
    }
    std::ranges::sort(numbers);
    return numbers;
}

} // namespace glasshouse
