// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/events/serverevent.h"
#include "server/snapshot.h"
#include "ui/base/tints.h"
#include "ui/doctor/checkeddevicesmodel.h"

#include <QTimer>
#include <QUrl>
#include <QWidget>

class QComboBox;
class QLabel;

namespace glasshouse {

class LiveLabel;
class QrPicture;
class TableView;

/// Can a phone reach it? Shows the code that leads a phone to the page /check, waits for one, and says who came and what worked.
class PhoneCheckPanel final : public QWidget
{
    Q_OBJECT
public:
    static constexpr int patienceMs = 60'000; ///< when nobody came, it says why that may be

    explicit PhoneCheckPanel(QWidget *parent = nullptr);
    ~PhoneCheckPanel() override;

    void setServer(ServerState state, const ListenInfo &info);
    /// Of those that tell of a check; the others do not matter.
    void take(const QList<ServerEvent> &events);
    /// Where the phone goes; empty: no other device gets there.
    [[nodiscard]] QUrl link() const;
    [[nodiscard]] QString state() const; ///< all that it says
    /// Nobody came in time; for tests, it is never too early.
    void loseHope();

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    enum class Wait : quint8 { None, Waiting, InVain, Came };

    ServerState m_state = ServerState::Stopped;
    ListenInfo m_info;
    Wait m_wait = Wait::None;
    QTimer m_patience;
    CheckedDevicesModel m_model;
    QWidget *m_body;
    QrPicture *m_picture;
    QLabel *m_sentence;
    LiveLabel *m_advice;
    QComboBox *m_hosts;
    QLabel *m_link;
    QAction *m_copy;
    TableView *m_devices;

    [[nodiscard]] QLayout *buildTop();
    void buildDevices();
    void fillHosts();
    void refresh();
    void await();
    void say(Tint name, const QString &sentence, const QString &advice);
    void sayHowItStands();
    [[nodiscard]] QString host() const;
    [[nodiscard]] const CheckedDevice *shown() const;
};

} // namespace glasshouse
