// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/configsettings.h"
#include "ui/panels/settingsdialog.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

/// The field beside this label.
QSpinBox *field(const SettingsDialog &dialog, const QString &label)
{
    const auto forms = dialog.findChildren<QFormLayout *>();
    for (const QFormLayout *form : forms) {
        for (int row = 0; row < form->rowCount(); ++row) {
            const auto *title = qobject_cast<QLabel *>(form->itemAt(row, QFormLayout::LabelRole)->widget());
            if (title != nullptr && title->text().remove(u'&') == label)
                return qobject_cast<QSpinBox *>(form->itemAt(row, QFormLayout::FieldRole)->widget());
        }
    }
    return nullptr;
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
    }
    void whatIsNotTouchedStays()
    {
        QFETCH(ServerConfig, config);
        QVERIFY(SettingsDialog(config, false).config() == config);
    }

    void takesWhatIsTyped()
    {
        SettingsDialog dialog({}, false);
        field(dialog, u"Port:"_s)->setValue(9000);
        field(dialog, u"Largest message:"_s)->setValue(3);
        field(dialog, u"Players in a room:"_s)->setValue(0);
        field(dialog, u"Space on disk:"_s)->setValue(1);
        dialog.findChild<QCheckBox *>()->setChecked(false);
        ServerConfig expected;
        expected.port = 9000;
        expected.limits.messageBytes = 3 * 1024;
        expected.limits.players = 0;
        expected.captureBudgetBytes = 1024 * 1024;
        expected.capture = false;
        QVERIFY(dialog.config() == expected);
        QVERIFY(!field(dialog, u"Space on disk:"_s)->isEnabled());
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
        saveConfig(settings, oddConfig());
        QVERIFY(loadConfig(settings, ServerConfig()) == oddConfig());
        settings.setValue(u"server/port"_s, u"a door"_s);
        settings.setValue(u"server/max-players"_s, -5);
        const ServerConfig loaded = loadConfig(settings, ServerConfig());
        QCOMPARE(loaded.port, ServerConfig().port);
        QCOMPARE(loaded.limits.players, Limits().players);
    }
};

QTEST_MAIN(TestSettingsDialog)
#include "tst_settingsdialog.moc"
