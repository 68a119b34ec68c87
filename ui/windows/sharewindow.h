// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/snapshot.h"

#include <QUrl>
#include <QWidget>

class QAction;
class QComboBox;
class QLabel;
class QListWidget;

namespace glasshouse {

class QrPicture;

/// How others join: a QR code to scan, the link to type, the room's code to read aloud; of every address of this computer. Where no other device gets there, why.
class ShareWindow final : public QWidget
{
    Q_OBJECT
public:
    explicit ShareWindow(QWidget *parent = nullptr);

    void setServer(ServerState state, const ListenInfo &info);
    /// A chosen room that is not there any more gives way to the first page.
    void setRooms(const QList<RoomInfo> &rooms);
    /// By its id; empty (or not there): the first page, where people choose.
    void chooseRoom(const QString &id);
    /// Where people join; empty while the server does not run. A QR code says it where another device gets there.
    [[nodiscard]] QUrl link() const;

signals:
    /// Can a phone reach it? Somebody wants to try.
    void phoneCheckWanted();

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Target
    {
        QString id;
        QString code;
        QString game;
        bool operator==(const Target &) const = default;
    };
    ServerState m_state = ServerState::Stopped;
    ListenInfo m_info;
    QList<Target> m_targets; ///< by id, as in m_rooms behind the first page
    QrPicture *m_picture;
    QLabel *m_title;
    QLabel *m_big;
    QLabel *m_bigMeaning;
    QLabel *m_link;
    QComboBox *m_rooms;
    QListWidget *m_addresses;
    QLabel *m_hint;
    QWidget *m_certificate;
    QLabel *m_warning;     ///< why browsers complain
    QLabel *m_fingerprint; ///< in two lines
    QAction *m_copy;
    QAction *m_open;
    QAction *m_copyFingerprint;
    QAction *m_checkPhone;

    QLayout *buildText();
    QWidget *buildLink();
    QWidget *buildChoices();
    void buildCertificate();
    void addActions();
    void fillRooms();
    void fillAddresses();
    void refresh();
    [[nodiscard]] QString host() const;
    [[nodiscard]] QString hintText() const;
};

} // namespace glasshouse
