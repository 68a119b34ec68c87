// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/optiontable.h"

#include <QFile>
#include <QTest>

using namespace glasshouse;

// What docs/configuration.md says of all options, and the example that is installed, are made from the table of options.
// scripts/options runs this with GLASSHOUSE_REWRITE_DOCS=1: then it writes both in place of comparing them.

namespace {

constexpr auto begin = "<!-- options: written by scripts/options -->\n";
constexpr auto end = "<!-- end of options -->\n";

QString sourceFile(const char *path) { return QStringLiteral(GLASSHOUSE_SOURCE_DIR "/") + QString::fromLatin1(path); }

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// `data` has one that depends on the machine, so that it is left out.
QByteArray defaultOf(const ProgramOption &option) { return option.get(Options()).join(QStringLiteral(", ")).toUtf8(); }

QByteArray titleOf(OptionGroup group)
{
    switch (group) {
    case OptionGroup::File:
        break;
    case OptionGroup::Place:
        return "Where it listens and what it offers";
    case OptionGroup::Guests:
        return "Who may come in";
    case OptionGroup::Proxies:
        return "Proxies in front of it";
    case OptionGroup::Tls:
        return "TLS";
    case OptionGroup::Public:
        return "On a public address";
    case OptionGroup::Games:
        return "Games and what is kept";
    case OptionGroup::Limits:
        return "Limits; 0 = none";
    }
    return {};
}

QByteArray documentation()
{
    QByteArray text = "| option | default | |\n| --- | --- | --- |\n";
    QByteArrayList later;
    for (const ProgramOption &option : optionTable()) {
        const QByteArray value = defaultOf(option);
        text += "| `" + QByteArray(option.name) + "` | " + (value.isEmpty() ? "–" : '`' + value + '`') + " | "
            + QByteArray(option.help).replace('|', "\\|") + " |\n";
        if (option.needsRestart)
            later += '`' + QByteArray(option.name) + '`';
    }
    return text + "\nThese can not change while it runs: " + later.join(", ") + ".\n";
}

QByteArray example()
{
    QByteArray text;
    OptionGroup group = OptionGroup::File;
    for (const ProgramOption &option : optionTable()) {
        if (option.group == OptionGroup::File)
            continue; // a file can not name another
        if (option.group != group)
            text += "# --- " + titleOf(option.group) + " ---\n\n";
        group = option.group;
        const QByteArray help = option.help;
        const QByteArray value = defaultOf(option);
        text += "# " + help.first(1).toUpper() + help.sliced(1) + "\n#" + option.name + " ="
            + (value.isEmpty() ? "" : " ") + value + "\n\n";
    }
    return text.chopped(1);
}

void compareOrRewrite(const QString &path, qsizetype from, qsizetype to, const QByteArray &wanted)
{
    const QByteArray page = contents(path);
    QVERIFY(from > 0 && to >= from && to <= page.size());
    if (qEnvironmentVariableIsSet("GLASSHOUSE_REWRITE_DOCS")) {
        QFile file(path);
        const QByteArray whole = page.first(from) + wanted + page.sliced(to);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(whole), whole.size());
        return;
    }
    const QList<QByteArray> lines = page.sliced(from, to - from).split('\n');
    const QList<QByteArray> wantedLines = wanted.split('\n');
    for (qsizetype i = 0; i < qMax(lines.size(), wantedLines.size()); ++i)
        QCOMPARE(lines.value(i), wantedLines.value(i)); // else: scripts/options
}

} // namespace

class TestOptionPages final : public QObject
{
    Q_OBJECT

private slots:
    void documentationSaysWhatTheTableSays();
    void exampleSaysWhatTheTableSays();
};

void TestOptionPages::documentationSaysWhatTheTableSays()
{
    const QString path = sourceFile("docs/configuration.md");
    const QByteArray page = contents(path);
    QVERIFY(page.contains(begin));
    compareOrRewrite(path, page.indexOf(begin) + qsizetype(qstrlen(begin)), page.indexOf(end), documentation());
}

// All behind the head.
void TestOptionPages::exampleSaysWhatTheTableSays()
{
    const QString path = sourceFile("installer/glasshouse.conf");
    const QByteArray page = contents(path);
    compareOrRewrite(path, page.indexOf("# --- "), page.size(), example());
}

QTEST_GUILESS_MAIN(TestOptionPages)
#include "tst_optionpages.moc"
