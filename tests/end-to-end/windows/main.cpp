// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The main window and test clients, used by a script as a person would and read as they show. A line on standard input is a
// JSON object whose "do" names a row of the table below; a JSON object on standard output is the answer.
#include "server/inprocesshost.h"
#include "ui/client/clientstatusline.h"
#include "ui/client/testclientwindow.h"
#include "ui/mainwindow.h"
#include "ui/panels/serverbar.h"
#include "ui/panels/tableview.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QInputDialog>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QMessageBox>
#include <QSettings>
#include <QSocketNotifier>
#include <QTemporaryDir>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <iostream>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

constexpr int mostRows = 200; // of a table, the newest

QJsonArray rowsOf(const TableView &table)
{
    const QAbstractItemModel &model = *table.model();
    QJsonArray rows;
    for (int row = qMax(0, model.rowCount() - mostRows); row < model.rowCount(); ++row) {
        QJsonObject cells;
        for (int column = 0; column < model.columnCount(); ++column)
            cells[model.headerData(column, Qt::Horizontal).toString()] = model.index(row, column).data().toString();
        rows += cells;
    }
    return rows;
}

QJsonObject tablesOf(const QWidget &window)
{
    QJsonObject tables;
    const auto views = window.findChildren<TableView *>();
    for (const TableView *view : views)
        tables[view->accessibleName()] = rowsOf(*view);
    return tables;
}

/// Does with the question that is asked next what somebody does who means it.
void answerQuestion(const QString &text)
{
    QWidget *question = QApplication::activeModalWidget();
    if (auto *input = qobject_cast<QInputDialog *>(question)) {
        input->setTextValue(text);
        input->accept();
    } else if (auto *box = qobject_cast<QMessageBox *>(question)) {
        const auto buttons = box->buttons();
        for (QAbstractButton *button : buttons) {
            if (box->buttonRole(button) == QMessageBox::AcceptRole)
                return button->click();
        }
    }
}

class Windows
{
public:
    explicit Windows(const QString &folder)
        : m_settings(folder + u"/settings.ini"_s, QSettings::IniFormat),
          m_main(m_host, m_settings)
    {
        m_config.bindAddress = u"127.0.0.1"_s;
        m_config.captureDirectory = folder + u"/capture"_s;
        m_main.show();
    }

    QJsonObject start(const QJsonObject &command)
    {
        m_config.port = quint16(command["port"_L1].toInt());
        m_config.limits.resumeSeconds = command["resumeSeconds"_L1].toInt(m_config.limits.resumeSeconds);
        m_main.setConfig(m_config);
        m_main.startServer();
        return {};
    }

    QJsonObject open(const QJsonObject &command)
    {
        auto &window = m_clients.emplace_back(std::make_unique<TestClientWindow>(m_settings));
        window->open(QUrl(command["url"_L1].toString()), true);
        window->show();
        return {};
    }

    /// Triggers an action of the window; with a table, one of the first row, from the newest, that shows these cells.
    QJsonObject act(const QJsonObject &command)
    {
        QWidget &window = windowOf(command);
        const QString name = command["table"_L1].toString();
        TableView *table = name.isEmpty() ? nullptr : tableNamed(window, name);
        if (!name.isEmpty() && (table == nullptr || !select(*table, command["row"_L1].toObject())))
            return {{u"error"_s, u"there is no such row"_s}};
        const auto actions = table != nullptr ? table->actions() : window.findChildren<QAction *>();
        for (QAction *action : actions) {
            if (!action->isEnabled() || action->text().remove(u'&') != command["action"_L1].toString())
                continue;
            QTimer::singleShot(0, &window, [text = command["text"_L1].toString()] { answerQuestion(text); });
            action->trigger();
            return {};
        }
        return {{u"error"_s, u"nobody can do that now"_s}};
    }

    QJsonObject look(const QJsonObject &)
    {
        QJsonArray clients;
        for (const auto &client : m_clients) {
            clients += QJsonObject{{u"says"_s, client->findChild<ClientStatusLine *>()->text()},
                                   {u"isOpen"_s, client->state() == TestClientState::Open},
                                   {u"tables"_s, tablesOf(*client)}};
        }
        QString bar;
        const auto labels = m_main.findChild<ServerBar *>()->findChildren<QLabel *>();
        for (const QLabel *label : labels)
            bar += label->text() + u'\n';
        return {{u"port"_s, m_host.state() == ServerState::Running ? m_host.listenInfo().port : 0},
                {u"bar"_s, bar},
                {u"tables"_s, tablesOf(m_main)},
                {u"clients"_s, clients}};
    }

private:
    QSettings m_settings;
    InProcessHost m_host;
    MainWindow m_main;
    ServerConfig m_config;
    std::vector<std::unique_ptr<TestClientWindow>> m_clients;

    QWidget &windowOf(const QJsonObject &command)
    {
        const int client = command["client"_L1].toInt(-1);
        return client < 0 ? static_cast<QWidget &>(m_main) : *m_clients.at(size_t(client));
    }

    static TableView *tableNamed(const QWidget &window, const QString &name)
    {
        const auto views = window.findChildren<TableView *>();
        for (TableView *view : views) {
            if (view->accessibleName() == name)
                return view;
        }
        return nullptr;
    }

    static bool select(TableView &table, const QJsonObject &cells)
    {
        const QJsonArray rows = rowsOf(table);
        const int notRead = table.model()->rowCount() - int(rows.size());
        for (int row = int(rows.size()) - 1; row >= 0; --row) {
            const QJsonObject shown = rows[row].toObject();
            const auto same = [&](const QString &column) { return shown[column] == cells[column]; };
            if (!std::ranges::all_of(cells.keys(), same))
                continue;
            table.setCurrentIndex(table.model()->index(notRead + row, 0));
            return true;
        }
        return false;
    }
};

struct Command
{
    const char *name;
    QJsonObject (Windows::*run)(const QJsonObject &command);
};

constexpr Command commands[] = {
    {"start", &Windows::start}, // port, resumeSeconds: the server
    {"open", &Windows::open},   // url: another test client
    {"act", &Windows::act},     // client (none: the main window), table, row, action, text (the answer to its question)
    {"look", &Windows::look},   // what stands in all of them
};

QJsonObject answer(Windows &windows, const QByteArray &line)
{
    const QJsonObject command = QJsonDocument::fromJson(line).object();
    for (const Command &row : commands) {
        if (command["do"_L1].toString() == QLatin1StringView(row.name))
            return (windows.*row.run)(command);
    }
    return {{u"error"_s, u"unknown command"_s}};
}

} // namespace

int main(int argc, char **argv)
{
    const QApplication app(argc, argv);
    const QTemporaryDir folder;
    Windows windows(folder.path());
    const QSocketNotifier input(0, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, &app, [&] {
        std::string line; // each waits for its answer, so there is never a second one in the buffer
        if (!std::getline(std::cin, line))
            return QApplication::quit();
        std::cout << QJsonDocument(answer(windows, QByteArray::fromStdString(line)))
                         .toJson(QJsonDocument::Compact)
                         .constData()
                  << std::endl;
    });
    return QApplication::exec();
}
