// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

namespace glasshouse {

/// Certificates that sign themselves, made by `glasshouse certificate make`, in a folder of their own.
class CertificateFiles
{
public:
    /// Good for localhost and 127.0.0.1; takes the place of one with the same name.
    [[nodiscard]] bool make(const QString &name)
    {
        using namespace Qt::StringLiterals;
        QProcess process;
        process.start(qEnvironmentVariable("GLASSHOUSE"),
                      {u"certificate"_s, u"make"_s, u"--cert"_s, certificate(name), u"--key"_s, key(name), u"--name"_s,
                       u"localhost"_s, u"--name"_s, u"127.0.0.1"_s, u"--overwrite"_s});
        m_said = process.waitForFinished() ? process.readAllStandardOutput() : QByteArray();
        return process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    }
    /// What the program said of the last one.
    [[nodiscard]] const QByteArray &said() const { return m_said; }
    [[nodiscard]] QString certificate(const QString &name) const
    {
        return m_folder.filePath(name + QStringLiteral(".pem"));
    }
    [[nodiscard]] QString key(const QString &name) const { return m_folder.filePath(name + QStringLiteral(".key")); }
    /// For `serve`.
    [[nodiscard]] QStringList options(const QString &name) const
    {
        return {QStringLiteral("--tls-cert"), certificate(name), QStringLiteral("--tls-key"), key(name)};
    }

private:
    QTemporaryDir m_folder;
    QByteArray m_said;
};

} // namespace glasshouse
