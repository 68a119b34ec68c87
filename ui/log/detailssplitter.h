// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSplitter>
#include <array>

namespace glasshouse {

/// Where the details of a message stand.
enum class DetailsPlace : quint8 { AsThereIsRoom, Beside, Below };

/// A log, and panes of details beside it (above one another) or below it (next to each other); each place has sizes of its own.
class DetailsSplitter final : public QSplitter
{
    Q_OBJECT
public:
    explicit DetailsSplitter(QWidget *log, QWidget *parent = nullptr);

    void addPane(QWidget *pane);
    void setPanesVisible(bool visible) { m_panes->setVisible(visible); }
    [[nodiscard]] DetailsPlace place() const { return m_place; }
    void setPlace(DetailsPlace place);
    [[nodiscard]] bool isBeside() const { return orientation() == Qt::Horizontal; }
    /// Chooses by the width that there is now, where the place is not said. To be called when the window has another size, and not
    /// when somebody moves a splitter: what is under the mouse stays there.
    void arrange();

    [[nodiscard]] QByteArray saveLayout() const;
    bool restoreLayout(const QByteArray &state);
    void resetLayout();

private:
    struct Sizes
    {
        QByteArray outer, panes; ///< empty: as at the first start
    };
    QSplitter *m_panes;
    DetailsPlace m_place = DetailsPlace::AsThereIsRoom;
    std::array<Sizes, 2> m_sizes; ///< below and beside

    [[nodiscard]] bool belongsBeside() const;
    [[nodiscard]] Sizes current() const { return {saveState(), m_panes->saveState()}; }
    void stand(bool besideTheLog);
};

} // namespace glasshouse
