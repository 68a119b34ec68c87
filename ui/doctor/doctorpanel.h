// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/doctor/doctor.h"
#include "ui/doctor/doctorstagesmodel.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>
#include <functional>

class QAction;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QSpinBox;
class QSplitter;
class QToolButton;

namespace glasshouse {

class LiveLabel;
class TableView;

/// A doctor at work: the stages as they run, the evidence of the selected one, what it all comes to and what to do about it, and the
/// report to take along.
class DoctorPanel final : public QWidget
{
    Q_OBJECT
public:
    explicit DoctorPanel(QWidget *parent = nullptr);
    ~DoctorPanel() override;

    /// Somebody else has the address and the options, and is asked for both at each *Examine*. Without it there is a field for an
    /// address here. Nullopt: there is nothing to examine yet, and it has said why.
    void setOrders(std::function<std::optional<DoctorOrder>()> orders);
    /// Stands in the field unless somebody has typed there; nothing is examined.
    void suggest(const DoctorOrder &order);
    /// What stands there, or what the other says; not while it runs.
    void examineAsked();
    /// What *Examine* would ask now, but for the idle time; of the field.
    [[nodiscard]] DoctorOrder typedOrder() const;
    /// At once. Its idle time is that of the panel.
    void examine(const DoctorOrder &order);
    void stop() { m_doctor.stop(); }
    [[nodiscard]] bool isIdle() const { return !m_isRunning; }

    /// As the doctor says it.
    void showDiagnosis(const Diagnosis &diagnosis);
    [[nodiscard]] const Diagnosis &diagnosis() const { return m_diagnosis; }
    [[nodiscard]] QString headline() const;
    [[nodiscard]] QString evidence() const;
    /// Writes the report as JSON; says why it could not.
    void saveAs(const QString &path);
    /// For the menu of a window, or among its actions.
    [[nodiscard]] QList<QAction *> menuActions() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    DoctorStagesModel m_model;
    Diagnosis m_diagnosis;
    std::function<std::optional<DoctorOrder>()> m_orders;
    DoctorOrder m_order; ///< of the address that stands in the field by itself
    QString m_examined;  ///< what stood in the field when it began
    bool m_isRunning = false;
    bool m_hasChosen = false; ///< a person has selected a stage
    QElapsedTimer m_time;
    QTimer m_second;
    QWidget *m_body;
    QLineEdit *m_url;
    QSpinBox *m_idle;
    qint64 m_idleMs = 0; ///< of the examination that runs or ran last
    QLabel *m_sentence;
    LiveLabel *m_advice;
    TableView *m_stages;
    QLabel *m_title; ///< of the selected stage
    QPlainTextEdit *m_fix;
    QPlainTextEdit *m_evidence;
    QSplitter *m_splitter;
    QAction *m_examine;
    QAction *m_stop;
    QAction *m_copy;
    QAction *m_copyMarkdown;
    QAction *m_save;
    QToolButton *m_button; ///< examines or stops
    Doctor m_doctor;       ///< the last member: it goes first

    [[nodiscard]] QWidget *buildBar();
    [[nodiscard]] QLayout *buildHeadline();
    [[nodiscard]] QWidget *buildStages();
    [[nodiscard]] QWidget *buildDetails();
    void buildActions();
    void begin(DoctorOrder order);
    void take();
    void end();
    void showHeadline();
    void showSelected();
    void selectByItself();
    void updateActions();
    void save();
};

} // namespace glasshouse
