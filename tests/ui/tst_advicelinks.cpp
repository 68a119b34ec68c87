// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/config/configoptions.h"
#include "server/deployment/proxytest.h"
#include "server/endings/ending.h"
#include "tests/ui/everywindow.h"
#include "ui/base/advicelinks.h"
#include "ui/connections/connectiondetails.h"

#include <QApplication>
#include <QDesktopServices>
#include <QLabel>
#include <QMessageBox>
#include <QRegularExpression>
#include <QTabWidget>
#include <QTemporaryFile>
#include <QTest>
#include <QTextDocumentFragment>
#include <QTimer>
#include <QUrl>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

/// All that the program advises in places where a link can stand.
QStringList advices()
{
    QStringList all;
    for (int cause = 0; cause < endingCauseCount; ++cause)
        all << QString::fromUtf8(endingText(EndingCause(cause)).advice);
    for (int fault = 0; fault <= int(ProxyFault::HttpFine); ++fault) {
        for (const ProxyKind kind : proxyKinds)
            all << QString::fromUtf8(proxyFix(ProxyFault(fault), kind));
    }
    return all;
}

QAbstractButton *buttonOf(const QWidget &window, const QString &text)
{
    const auto buttons = window.findChild<QMessageBox *>()->buttons();
    const auto found = std::ranges::find(buttons, text, &QAbstractButton::text);
    return found == buttons.end() ? nullptr : *found;
}

} // namespace

class TestAdviceLinks final : public QObject
{
    Q_OBJECT
private slots:
    void linksWhatIsNamed_data();
    void linksWhatIsNamed();
    void everyOptionOfAnAdviceIsALink();
    void leadsToOptionsOnly();
    void findsTheOptionOfAFault_data();
    void findsTheOptionOfAFault();
    void staysPlainWhereThereIsNothingToFollow();
    void aFaultLeadsToItsSetting();
    void aFaultLeadsToItsFile();
    void anOptionWithoutAFieldIsExplained();

public slots:
    void open(const QUrl &url) { m_opened = url; } // as the desktop would

private:
    QUrl m_opened;
};

void TestAdviceLinks::linksWhatIsNamed_data()
{
    QTest::addColumn<QString>("html");
    const auto row = [](const char *plain, const QString &html) { QTest::newRow(plain) << html; };
    row("nothing", u"nothing"_s);
    row("use --bind 1", u"use <a href=\"option:bind\">--bind</a> 1"_s);
    row("(--tls-cert, --tls-key).",
        u"(<a href=\"option:tls-cert\">--tls-cert</a>, <a href=\"option:tls-key\">--tls-key</a>)."_s);
    row("--no-such-option", u"--no-such-option"_s);
    row("<b>\n--bind", u"&lt;b&gt;<br><a href=\"option:bind\">--bind</a>"_s);
}

void TestAdviceLinks::linksWhatIsNamed() { QTEST(withLinks(QString::fromLatin1(QTest::currentDataTag())), "html"); }

void TestAdviceLinks::everyOptionOfAnAdviceIsALink()
{
    static const QRegularExpression named(u"--[a-z][a-z-]+[a-z]"_s);
    int links = 0;
    const QStringList all = advices();
    for (const QString &advice : all) {
        QString html = withLinks(advice);
        links += int(html.count(u"<a href=\"option:"_s));
        html.remove(QRegularExpression(u"<a href=\"option:[a-z-]+\">--[a-z-]+</a>"_s));
        QVERIFY2(!html.contains(named), qPrintable(html));
    }
    QVERIFY(links > 30);
}

void TestAdviceLinks::leadsToOptionsOnly()
{
    QCOMPARE(optionBehind(QUrl(u"option:trusted-proxy"_s)), "trusted-proxy"_ba);
    QCOMPARE(optionBehind(QUrl(u"file:///etc/hostname"_s)), QByteArray());
}

void TestAdviceLinks::findsTheOptionOfAFault_data()
{
    QTest::addColumn<QByteArray>("option");
    QTest::newRow("tls-cert: can not be read: Permission denied") << "tls-cert"_ba;
    QTest::newRow("production: two\nallow-origin: any page") << "allow-origin"_ba;
    QTest::newRow("ask for tokens: --auth token; or stay: --bind 127.0.0.1") << "auth"_ba;
    QTest::newRow("Port 8080 is taken: by another") << QByteArray();
    QTest::newRow("rebind: nothing") << QByteArray();
}

void TestAdviceLinks::findsTheOptionOfAFault()
{
    QTEST(optionNamedIn(QString::fromLatin1(QTest::currentDataTag())), "option");
}

void TestAdviceLinks::staysPlainWhereThereIsNothingToFollow()
{
    QLabel label;
    showAdvice(&label, u"<b>\"this\"</b>"_s);
    QCOMPARE(label.textFormat(), Qt::PlainText);
    QCOMPARE(label.text(), u"<b>\"this\"</b>"_s);
    showAdvice(&label, u"<b> --bind"_s);
    QCOMPARE(label.textFormat(), Qt::RichText);
    QCOMPARE(QTextDocumentFragment::fromHtml(label.text()).toPlainText(), u"<b> --bind"_s);
    QVERIFY(label.textInteractionFlags().testFlag(Qt::LinksAccessibleByKeyboard));
}

void TestAdviceLinks::aFaultLeadsToItsSetting()
{
    EveryWindow windows;
    windows.main.showFault(u"tls-cert: can not be read"_s);
    QAbstractButton *open = buttonOf(windows.main, u"Open the settings"_s);
    QVERIFY(open != nullptr);
    QString page;
    QTimer::singleShot(0, qApp, [&page] {
        auto *dialog = qobject_cast<SettingsDialog *>(QApplication::activeModalWidget());
        if (dialog == nullptr)
            return;
        const auto *pages = dialog->findChild<QTabWidget *>();
        page = pages->tabText(pages->currentIndex()).remove(u'&');
        dialog->reject();
    });
    open->click();
    QCOMPARE(page, u"TLS"_s);
    windows.main.showFault(u"Nothing that has a setting."_s);
    QCOMPARE(windows.main.findChildren<QMessageBox *>().last()->buttons().size(), 1);
}

void TestAdviceLinks::aFaultLeadsToItsFile()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    QCOMPARE(fileNamedIn(u"not there:3: tls-cert: x\n%1:4: tls-key: y"_s.arg(file.fileName())), file.fileName());
    QCOMPARE(fileNamedIn(u"tls-cert: %1: No such file"_s.arg(file.fileName())), QString());
    EveryWindow windows;
    windows.main.showFault(file.fileName() + u":3: tls-cert: can not be read"_s);
    QVERIFY(buttonOf(windows.main, u"Open the settings"_s) == nullptr); // the file goes before them
    QAbstractButton *button = buttonOf(windows.main, u"Open the file"_s);
    QVERIFY(button != nullptr);
    QDesktopServices::setUrlHandler(u"file"_s, this, "open");
    button->click();
    QDesktopServices::unsetUrlHandler(u"file"_s);
    QCOMPARE(m_opened, QUrl::fromLocalFile(file.fileName()));
}

void TestAdviceLinks::anOptionWithoutAFieldIsExplained()
{
    EveryWindow windows;
    QVERIFY(!SettingsDialog::hasField("head-seconds"));
    emit windows.main.findChild<ConnectionDetails *>()->optionWanted("head-seconds");
    const auto *box = windows.main.findChild<QMessageBox *>();
    QVERIFY(box != nullptr);
    QVERIFY2(box->text().contains(QString::fromLatin1(findRow(configOptions(), u"head-seconds")->help)),
             qPrintable(box->text()));
}

QTEST_MAIN(TestAdviceLinks)
#include "tst_advicelinks.moc"
