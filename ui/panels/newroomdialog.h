// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/snapshot.h"

#include <QDialog>
#include <QJsonObject>
#include <functional>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace glasshouse {

struct GameOption;

/// Asks for a game, a name for its room and the game's options. Stays open until it is told that the room is there.
class NewRoomDialog final : public QDialog
{
    Q_OBJECT
public:
    /// `rooms`: those that are there.
    NewRoomDialog(const QStringList &kinds, const QList<RoomInfo> &rooms, QWidget *parent = nullptr);

    /// Ignored if there is no such game.
    void chooseGame(const QString &kind);
    void setSharing(bool sharing);
    [[nodiscard]] QString game() const;
    /// Empty: the server chooses a code.
    [[nodiscard]] QString id() const;
    /// A JSON object, or empty if every option was left alone.
    [[nodiscard]] QByteArray options() const;
    /// Show others how to join when the room is there.
    [[nodiscard]] bool sharing() const;
    /// Has asked for this room? One without a name may have become any.
    [[nodiscard]] bool isWaitingFor(const QString &room) const;
    /// Why the room could not be opened; another try is possible. Ignored if none was asked for.
    void showFailure(const QString &text);

signals:
    void createWanted(const QString &game, const QString &id, const QByteArray &options);

private:
    QStringList m_taken;
    QComboBox *m_game;
    QLabel *m_sentence;
    QLineEdit *m_id;
    QFormLayout *m_form;
    QList<QWidget *> m_options; ///< fields of the chosen game
    QCheckBox *m_sharing;
    QLabel *m_fault;
    QPushButton *m_create;
    bool m_waiting = false;                                   ///< for the answer
    std::vector<std::function<void(QJsonObject &)>> m_takers; ///< each puts one field's value into the options

    void buildFields(const QStringList &kinds);
    void showGame();
    void addOption(const GameOption &option);
    QWidget *choiceField(const GameOption &option);
    QWidget *numberField(const GameOption &option);
    void check();
    void create();
};

} // namespace glasshouse
