// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/configsettings.h"
#include "ui/panels/settingsdialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

/// The editor that this label's buddy is.
template <typename Editor>
Editor *editor(const SettingsDialog &dialog, const QString &label)
{
    const auto labels = dialog.findChildren<QLabel *>();
    for (const QLabel *title : labels) {
        if (title->text().remove(u'&') == label)
            return qobject_cast<Editor *>(title->buddy());
    }
    return nullptr;
}

/// What stands below fields, without what is hidden.
QStringList faults(const SettingsDialog &dialog)
{
    QStringList texts;
    const auto labels = dialog.findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        if (label->buddy() == nullptr && label->wordWrap() && !label->isHidden())
            texts += label->text();
    }
    return texts;
}

QString write(const QTemporaryDir &folder, const QByteArray &contents)
{
    QFile file(folder.filePath(u"file"_s));
    return file.open(QIODevice::WriteOnly) && file.write(contents) == contents.size() ? file.fileName() : QString();
}

/// Nothing in it is a whole number of the units that the fields show.
ServerConfig oddConfig()
{
    ServerConfig config;
    config.port = 0;
    config.bindAddress = u"::1"_s;
    config.capture = false;
    config.captureBudgetBytes = 5'000'001;
    config.limits.messageBytes = 70'001;
    config.limits.byteRate = 1023;
    config.limits.connections = 0;
    config.limits.pongSeconds = 7;
    config.limits.wrongGuesses = 0;
    config.auth = AuthMode::Token;
    config.token.algorithm = "ES256";
    config.token.publicKeyFile = u"key.pem"_s;
    config.token.issuer = "us";
    config.allowedOrigins = {"https://a.example", "https://b.example"};
    config.tls = {u"cert.pem"_s, u"key.pem"_s, PlainMode::Redirect};
    config.trustedProxies = {"10.0.0.0/8"};
    config.proxyProtocol = true;
    config.basePath = "/play";
    config.publicUrl = "https://a.example";
    config.drainSeconds = 5;
    return config;
}

ServerConfig secretOfTheEnvironment()
{
    ServerConfig config;
    config.token.secret = "canary-kG7qX2vN9bLz4TfHw8RmYc1PdSj5UeAo";
    return config;
}

} // namespace

class TestSettingsDialog : public QObject
{
    Q_OBJECT
private slots:
    void whatIsNotTouchedStays_data()
    {
        QTest::addColumn<ServerConfig>("config");
        QTest::newRow("defaults") << ServerConfig();
        QTest::newRow("odd") << oddConfig();
        QTest::newRow("JWT_SECRET") << secretOfTheEnvironment();
    }
    void whatIsNotTouchedStays()
    {
        QFETCH(ServerConfig, config);
        QVERIFY(SettingsDialog(config, false).config() == config);
    }

    void leadsToAField()
    {
        QVERIFY(SettingsDialog::hasField("trusted-proxy") && !SettingsDialog::hasField("head-seconds"));
        SettingsDialog dialog({}, false);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        dialog.showField("trusted-proxy");
        QCOMPARE(dialog.focusWidget(), editor<QLineEdit>(dialog, u"Trusted proxies:"_s));
        QVERIFY(dialog.focusWidget()->isVisible());
        dialog.showField("head-seconds");
        QCOMPARE(dialog.focusWidget(), editor<QLineEdit>(dialog, u"Trusted proxies:"_s));
    }

    void takesWhatIsTyped()
    {
        SettingsDialog dialog({}, false);
        editor<QSpinBox>(dialog, u"Port:"_s)->setValue(9000);
        editor<QSpinBox>(dialog, u"Largest message:"_s)->setValue(3);
        editor<QSpinBox>(dialog, u"Players in a room:"_s)->setValue(0);
        editor<QSpinBox>(dialog, u"Space on disk:"_s)->setValue(1);
        editor<QCheckBox>(dialog, u"Capture:"_s)->setChecked(false);
        ServerConfig expected;
        expected.port = 9000;
        expected.limits.messageBytes = 3 * 1024;
        expected.limits.players = 0;
        expected.captureBudgetBytes = 1024 * 1024;
        expected.capture = false;
        QVERIFY(dialog.config() == expected);
        QVERIFY(!editor<QSpinBox>(dialog, u"Space on disk:"_s)->isEnabled());
    }

    void takesTexts()
    {
        SettingsDialog dialog(secretOfTheEnvironment(), false);
        editor<QComboBox>(dialog, u"Who may play:"_s)->setCurrentIndex(1);
        editor<QLineEdit>(dialog, u"Secret:"_s)->setText(u" secret "_s);
        editor<QLineEdit>(dialog, u"Pages that may connect:"_s)->setText(u" https://a.example,  https://b.example"_s);
        editor<QLineEdit>(dialog, u"Trusted proxies:"_s)->setText(u"127.0.0.1 ::1"_s);
        editor<QCheckBox>(dialog, u"PROXY protocol:"_s)->setChecked(true);
        editor<QLineEdit>(dialog, u"Prefix of all paths:"_s)->setText(u"/play"_s);
        ServerConfig expected;
        expected.auth = AuthMode::Token;
        expected.token.secretFile = u"secret"_s; // takes the place of JWT_SECRET
        expected.allowedOrigins = {"https://a.example", "https://b.example"};
        expected.trustedProxies = {"127.0.0.1", "::1"};
        expected.proxyProtocol = true;
        expected.basePath = "/play";
        QVERIFY(dialog.config() == expected);
    }

    void asksForTheKeyThatFitsTheAlgorithm()
    {
        SettingsDialog dialog({}, false);
        auto *secret = editor<QLineEdit>(dialog, u"Secret:"_s);
        auto *key = editor<QLineEdit>(dialog, u"Public key:"_s);
        QVERIFY(!secret->parentWidget()->isHidden() && key->parentWidget()->isHidden());
        editor<QComboBox>(dialog, u"Tokens are signed with:"_s)->setCurrentIndex(2);
        QVERIFY(secret->parentWidget()->isHidden() && !key->parentWidget()->isHidden());
        QVERIFY(!key->isEnabled());
        editor<QComboBox>(dialog, u"Who may play:"_s)->setCurrentIndex(1);
        QVERIFY(key->isEnabled());
    }

    void saysWhatIsWrongBelowTheField()
    {
        const QTemporaryDir folder;
        SettingsDialog dialog({}, false);
        dialog.show();
        auto *tabs = dialog.findChild<QTabWidget *>();
        editor<QLineEdit>(dialog, u"Trusted proxies:"_s)->setText(u"10.0.0.1/8"_s);
        QCOMPARE(faults(dialog), QStringList()); // nobody asked yet
        dialog.accept();
        QCOMPARE(dialog.result(), 0);
        QVERIFY(dialog.isVisible());
        QCOMPARE(tabs->tabText(tabs->currentIndex()).remove(u'&'), u"Proxies"_s);
        QCOMPARE(faults(dialog).size(), 1);
        QVERIFY(faults(dialog).first().contains(u"10.0.0.1/8"_s));
        editor<QLineEdit>(dialog, u"Trusted proxies:"_s)->setText(u"10.0.0.0/8"_s);
        QCOMPARE(faults(dialog), QStringList());
        editor<QComboBox>(dialog, u"Who may play:"_s)->setCurrentIndex(1);
        QCOMPARE(faults(dialog).size(), 1);
        editor<QLineEdit>(dialog, u"Secret:"_s)->setText(write(folder, "short"));
        QVERIFY2(faults(dialog).value(0).contains(u"5 bytes"_s), qPrintable(faults(dialog).join(u'|')));
        editor<QLineEdit>(dialog, u"Secret:"_s)->setText(write(folder, "kG7qX2vN9bLz4TfHw8RmYc1PdSj5UeAo"));
        QCOMPARE(faults(dialog).size(), 1); // the text did not change, the file did: looked at when it is wanted
        dialog.accept();
        QCOMPARE(dialog.result(), int(QDialog::Accepted));
    }

    void saysWhatIsWrongWithValuesThatHaveNoField()
    {
        ServerConfig config;
        config.extraRoutes = {u"/play"_s};
        SettingsDialog dialog(config, false);
        dialog.accept();
        QCOMPARE(dialog.result(), 0);
        QCOMPARE(faults(dialog).size(), 1);
        QVERIFY(faults(dialog).first().startsWith(u"route: "_s));
    }

    void saysWhatZeroMeans()
    {
        const SettingsDialog dialog({}, false);
        QCOMPARE(editor<QSpinBox>(dialog, u"Port:"_s)->specialValueText(), u"any free"_s);
        QCOMPARE(editor<QSpinBox>(dialog, u"Rooms:"_s)->specialValueText(), u"no limit"_s);
        QCOMPARE(editor<QSpinBox>(dialog, u"Ping every:"_s)->specialValueText(), u"never"_s);
        QCOMPARE(editor<QSpinBox>(dialog, u"A seat waits for:"_s)->specialValueText(), u"not at all"_s);
    }

    void hasTheBoundsOfTheTable()
    {
        const SettingsDialog dialog({}, false);
        QCOMPARE(editor<QSpinBox>(dialog, u"Port:"_s)->maximum(), 65'535);
        QCOMPARE(editor<QSpinBox>(dialog, u"Ping every:"_s)->maximum(), 1'000'000);
        QCOMPARE(editor<QSpinBox>(dialog, u"Largest message:"_s)->maximum(), std::numeric_limits<int>::max());
    }

    void showsNoSecret()
    {
        const SettingsDialog dialog(secretOfTheEnvironment(), false);
        const auto edits = dialog.findChildren<QLineEdit *>();
        for (const QLineEdit *edit : edits)
            QVERIFY(!edit->text().contains(u"canary"_s) && !edit->placeholderText().contains(u"canary"_s));
    }

    void appliesWhileTheServerRuns()
    {
        const auto button = [](bool running) {
            const SettingsDialog dialog({}, running);
            return dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok)->text().remove(u'&');
        };
        QCOMPARE(button(true), u"Apply and close"_s);
        QVERIFY(!button(false).contains(u"Apply"_s));
    }

    void applyingKeepsItOpen()
    {
        SettingsDialog dialog({}, true);
        QSignalSpy applied(&dialog, &SettingsDialog::applied), finished(&dialog, &QDialog::finished);
        auto *apply = dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Apply);
        editor<QSpinBox>(dialog, u"Port:"_s)->setValue(9000);
        dialog.show();
        apply->click();
        QCOMPARE(applied.size(), 1);
        QCOMPARE(applied.at(0).at(0).value<ServerConfig>().port, 9000);
        QCOMPARE(finished.size(), 0);
        QVERIFY(dialog.isVisible());
    }

    void comesBackToTheDefaults()
    {
        SettingsDialog dialog(oddConfig(), false);
        dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::RestoreDefaults)->click();
        QVERIFY(dialog.config() == ServerConfig());
    }

    void everyFieldHasALabelThatLeadsToIt()
    {
        const SettingsDialog dialog({}, false);
        const auto forms = dialog.findChildren<QFormLayout *>();
        for (const QFormLayout *form : forms) {
            for (int row = 0; row < form->rowCount(); ++row) {
                const auto *label = form->itemAt(row, QFormLayout::LabelRole);
                if (label != nullptr)
                    QVERIFY(qobject_cast<QLabel *>(label->widget())->buddy() != nullptr);
            }
        }
    }

    void saysThatItCountsLater()
    {
        const auto says = [](bool running) {
            const SettingsDialog dialog({}, running);
            const auto labels = dialog.findChildren<QLabel *>();
            return std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
                return !label->isHidden() && label->text().contains(u"next start"_s);
            });
        };
        QVERIFY(says(true));
        QVERIFY(!says(false));
    }

    void everyFieldIsExplained()
    {
        const SettingsDialog dialog({}, false);
        const auto fields = dialog.findChildren<QSpinBox *>();
        QVERIFY(fields.size() > 10);
        for (const QSpinBox *spin : fields)
            QVERIFY(!spin->toolTip().isEmpty());
    }

    void survivesTheSettings()
    {
        const QTemporaryDir dir;
        QSettings settings(dir.filePath(u"settings.ini"_s), QSettings::IniFormat);
        saveConfig(settings, oddConfig(), ServerConfig());
        QVERIFY(loadConfig(settings, ServerConfig()) == oddConfig());
        settings.setValue(u"server/port"_s, u"a door"_s);
        settings.setValue(u"server/max-players"_s, -5);
        settings.setValue(u"server/auth"_s, u"perhaps"_s);
        const ServerConfig loaded = loadConfig(settings, ServerConfig());
        QCOMPARE(loaded.port, ServerConfig().port);
        QCOMPARE(loaded.limits.players, Limits().players);
        QCOMPARE(loaded.auth, AuthMode::Open);
    }

    void readsWhatEarlierVersionsStored()
    {
        const QTemporaryDir dir;
        QSettings settings(dir.filePath(u"settings.ini"_s), QSettings::IniFormat);
        settings.setValue(u"server/capture"_s, false);
        settings.setValue(u"server/proxy-protocol"_s, true);
        settings.setValue(u"server/max-message-bytes"_s, qint64(70'001));
        settings.setValue(u"server/plain"_s, u"redirect"_s);
        settings.setValue(u"server/allow-origin"_s, QStringList{u"https://a.example"_s, u"https://b.example"_s});
        settings.setValue(u"server/jwt-issuer"_s, QString());
        ServerConfig base;
        base.token.issuer = "of the file";
        ServerConfig expected;
        expected.capture = false;
        expected.proxyProtocol = true;
        expected.limits.messageBytes = 70'001;
        expected.tls.plain = PlainMode::Redirect;
        expected.allowedOrigins = {"https://a.example", "https://b.example"};
        QVERIFY(loadConfig(settings, base) == expected);
    }

    void keepsTheDataFolder_data()
    {
        QTest::addColumn<QString>("stored");
        QTest::addColumn<QString>("captures");
        QTest::addColumn<QString>("results");
        QTest::newRow("a folder") << u"/srv/data"_s << u"/srv/data"_s << u"/srv/data/results.sqlite"_s;
        QTest::newRow("empty") << QString() << u"/captures"_s << u"/results"_s;
    }
    void keepsTheDataFolder()
    {
        QFETCH(QString, stored);
        const QTemporaryDir dir;
        QSettings settings(dir.filePath(u"settings.ini"_s), QSettings::IniFormat);
        settings.setValue(u"server/data"_s, stored);
        ServerConfig config;
        config.captureDirectory = u"/captures"_s;
        config.historyFile = u"/results"_s;
        const ServerConfig read = loadConfig(settings, config);
        QTEST(read.captureDirectory, "captures");
        QTEST(read.historyFile, "results");
        settings.clear();
        saveConfig(settings, read, ServerConfig());
        QTEST(loadConfig(settings, ServerConfig()).captureDirectory, "captures");
    }

    void storesNoSecret()
    {
        const QTemporaryDir dir;
        QSettings settings(dir.filePath(u"settings.ini"_s), QSettings::IniFormat);
        saveConfig(settings, secretOfTheEnvironment(), ServerConfig());
        QCOMPARE(settings.allKeys(), QStringList());
        settings.setValue(u"server/JWT_SECRET"_s, u"canary"_s);
        QVERIFY(loadConfig(settings, ServerConfig()) == ServerConfig());
    }

    void storesWhatWasChangedOnly()
    {
        const QTemporaryDir dir;
        QSettings settings(dir.filePath(u"settings.ini"_s), QSettings::IniFormat);
        ServerConfig before = secretOfTheEnvironment();
        before.allowedOrigins = {"*"}; // by the command line, for this time
        ServerConfig config = before;
        config.port = 9000;
        saveConfig(settings, config, before);
        QCOMPARE(settings.allKeys(), QStringList{u"server/port"_s});
    }
};

QTEST_MAIN(TestSettingsDialog)
#include "tst_settingsdialog.moc"
