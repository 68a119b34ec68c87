// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/filter/filterfield.h"
#include "ui/log/messagelogpanel.h"
#include "ui/models/memorysource.h"

#include <QComboBox>
#include <QLabel>
#include <QTableView>
#include <QTest>

namespace glasshouse {

/// Of a row in the view; far too much where there is none: a selection may come back a turn after its rows.
[[nodiscard]] inline quint64 numberAtRow(const MessagesModel &model, int row)
{
    return row >= 0 && row < model.rowCount() ? model.numberAt(row) : RowSet::noEnd;
}

/// A log that shows 1,000 messages: {"type":"move","data":{"n":…}} of five connections, every tenth one a chat.
class FilledLog
{
public:
    MemorySource source;
    MessageLogPanel panel{&source};

    FilledLog()
    {
        qRegisterMetaType<RowSet>();
        panel.resize(1500, 600);
        panel.show();
        fill(1000);
    }
    void fill(int count)
    {
        for (int i = 0; i < count; ++i) {
            FrameRecord record;
            record.firstByte = 0x81;
            const auto number = source.endRow();
            record.connection = quint32(number % 5 + 1);
            const QByteArray type = number % 10 == 9 ? "chat" : "move";
            source.append(record, "{\"type\":\"" + type + "\",\"data\":{\"n\":" + QByteArray::number(number) + "}}");
        }
    }
    [[nodiscard]] bool isReady()
    {
        return QTest::qWaitForWindowActive(&panel)
            && QTest::qWaitFor([this] { return panel.model()->rowCount() == 1000; });
    }
    [[nodiscard]] FilterField *field() { return panel.findChild<FilterField *>(); }
    [[nodiscard]] QString footer() { return panel.findChild<QLabel *>(QStringLiteral("footer"))->text(); }
    [[nodiscard]] int rows() { return panel.model()->rowCount(); }
    /// Its number, or far too much.
    [[nodiscard]] quint64 selected() { return numberAtRow(*panel.model(), panel.view()->currentIndex().row()); }
    void select(int row, int column = 0) { panel.view()->setCurrentIndex(panel.model()->index(row, column)); }
    void highlight(bool on = true) { panel.findChildren<QComboBox *>().last()->setCurrentIndex(on ? 1 : 0); }
    void filter(const QString &words) { field()->setCondition(Condition::read(words).value()); }
};

} // namespace glasshouse
