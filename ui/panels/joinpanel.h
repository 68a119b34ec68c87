// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/snapshot.h"
#include "ui/base/remedies.h"

#include <QScrollArea>

class QGridLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace glasshouse {

class QrPicture;

/// What to do while nobody is connected: start the server, or tell others where it is. Scrolls where it is too small for that.
class JoinPanel final : public QScrollArea
{
    Q_OBJECT
public:
    explicit JoinPanel(QWidget *parent = nullptr);

    void setState(ServerState state, const ListenInfo &info, const QString &error);
    /// Buttons for a start that failed.
    void setRemedies(const QList<Remedy> &remedies);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void startWanted();
    void remedyWanted(const glasshouse::Remedy &remedy);
    void testClientWanted();

protected:
    bool eventFilter(QObject *object, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QrPicture *m_picture;
    QLabel *m_title;
    QLabel *m_text;
    QWidget *m_lines;
    QGridLayout *m_grid;
    QWidget *m_remedies;
    QPushButton *m_start;
    QPushButton *m_testClient;

    QVBoxLayout *buildText();
    void showRunning(const ListenInfo &info);
    void addLine(const QString &name, const QString &text);
    void addOthers(const QStringList &addresses);
    void addBrowserLine(const QUrl &url);
};

} // namespace glasshouse
