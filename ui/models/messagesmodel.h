// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/cellroles.h"
#include "ui/models/colourrules.h"
#include "ui/models/messagecells.h"
#include "ui/models/messagesource.h"

#include <QAbstractTableModel>
#include <QCache>
#include <QFont>
#include <QSet>
#include <functional>

namespace glasshouse {

class MessageMarks;
class SeatNames;
class RuleSearches;

/// The rows of a MessageSource as a table. Holds no object per row: a range of row numbers without the server's counters, or a
/// RowSet of them while a filter hides the others. Cells are read and built when they show.
class MessagesModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Time, Delta, Connection, Player, Way, Kind, Type, Size, Answer, Preview, ColumnCount };
    enum class FilterMode : quint8 { Hide, Highlight };
    /// A view pays for every row it could scroll to; beyond this many only the newest are offered. A filter finds the others.
    static constexpr int defaultMaxRows = 4'000'000;

    explicit MessagesModel(MessageSource *source, QObject *parent = nullptr, int maxRows = defaultMaxRows);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    void setFilter(const CaptureFilter &filter, FilterMode mode);
    [[nodiscard]] bool isFiltered() const { return m_filtered; }
    /// The texts and expressions that the filter looks for in payloads.
    [[nodiscard]] const QList<Expression> &sought() const { return m_sought; }
    [[nodiscard]] FilterMode mode() const { return m_mode; }
    /// Whose words the Way column takes.
    void setViewpoint(Viewpoint viewpoint);
    /// Columns behind the others for values inside of JSON, at most sixteen; what is there already comes only once.
    void addPath(const JsonPath &path);
    void removePath(const JsonPath &path);
    [[nodiscard]] const QList<JsonPath> &paths() const { return m_paths; }
    static constexpr int mostPaths = 16;
    /// The ground of the rows that nothing else marks.
    void setColours(const ColourRules &colours);
    [[nodiscard]] const ColourRules &colours() const { return m_colours; }
    /// Rows that are painted as somebody marked them; must outlive the model.
    void setMarks(const MessageMarks *marks);
    /// The times between rows count from this one instead of the row above; nullopt: not any more.
    void setReference(std::optional<quint64> number);
    [[nodiscard]] std::optional<quint64> reference() const;
    /// New rows wait while paused.
    void setPaused(bool paused);
    [[nodiscard]] bool isPaused() const { return m_paused; }
    /// Leaves everything up to now out of the view; the source keeps it.
    void hideEarlier();
    void showEarlier();

    [[nodiscard]] quint64 numberAt(int row) const;
    /// Where a row number is in the view, or −1.
    [[nodiscard]] int rowOf(quint64 number) const;
    /// How many rows of the view have lower numbers.
    [[nodiscard]] int rowsBefore(quint64 number) const;
    /// The numbers of these rows of the view, both ends included; the server's counters between them may be among them.
    [[nodiscard]] RowSet numbersOf(int firstRow, int lastRow) const;
    /// Oldest rows are being taken away, because they are no more, or a column is.
    [[nodiscard]] bool isRemoving() const { return m_removing; }
    [[nodiscard]] std::optional<CapturedRow> message(int row) const;
    /// Who sat behind the connection, on one line and shortened: a condition takes the name from players(). Empty: nobody, or he is
    /// being looked for.
    [[nodiscard]] QString playerOf(int row) const;
    /// Where their names come from, for who asks for others.
    [[nodiscard]] const SeatNames *players() const { return m_players; }
    /// Microseconds between a row and the one that it answers; nullopt: it answers none, or that is gone.
    [[nodiscard]] std::optional<qint64> answerUs(int row) const;

    // Among the matches of the filter that the view offers; each takes a moment, however many there are.
    /// How many matches stand before this one, also those that are offered no more; nullopt: it is none.
    [[nodiscard]] std::optional<quint64> matchIndex(quint64 number) const;
    /// The first one that is not before `number`.
    [[nodiscard]] std::optional<quint64> matchFrom(quint64 number) const;
    /// The last one before `number`.
    [[nodiscard]] std::optional<quint64> matchBefore(quint64 number) const;
    /// Of so many equal stretches of the rows, from the first to the newest: are there matches in it?
    [[nodiscard]] std::vector<bool> matchesIn(int stretches) const;

    // For the line below the log.
    [[nodiscard]] quint64 waiting() const;    ///< came while paused
    [[nodiscard]] quint64 hidden() const;     ///< by hideEarlier()
    [[nodiscard]] quint64 notOffered() const; ///< beyond the view's bound
    [[nodiscard]] quint64 matches() const { return m_filtered ? m_rows.size() + m_dropped : 0; }
    /// In the source, without counters.
    [[nodiscard]] quint64 all() const;
    [[nodiscard]] int searchedPercent() const;
    /// May match too: a payload that was left out of the capture, or longer than an expression looks.
    [[nodiscard]] quint64 notSearched() const { return m_notSearched; }
    /// Envelope types that were seen, at most 100.
    [[nodiscard]] const QSet<QByteArray> &knownTypes() const { return m_types; }

signals:
    /// Another session comes; what is there is still as it was.
    void sessionEnds();
    /// Numbers for the line below the log may be different now.
    void changed();

private:
    MessageSource *m_source;
    SeatNames *m_players;
    int m_maxRows;
    bool m_filtered = false;
    bool m_paused = false;
    bool m_removing = false;
    FilterMode m_mode = FilterMode::Hide;
    Viewpoint m_viewpoint = Viewpoint::Server;
    CaptureFilter m_filter;
    QList<Expression> m_sought; ///< what the filter looks for in payloads: is marked in the preview
    QList<JsonPath> m_paths;
    ColourRules m_colours;
    RuleSearches *m_searches; ///< for some of these
    const MessageMarks *m_marks = nullptr;
    struct Reference
    {
        quint64 number = 0;
        qint64 timeUs = 0;
    };
    std::optional<Reference> m_reference;
    RowSet m_rows;         ///< matches: what is shown, or what is marked
    RowSet m_held;         ///< matches that came while paused
    quint64 m_dropped = 0; ///< matches beyond the bound
    quint64 m_scanned = 0;
    quint64 m_notSearched = 0;
    bool m_caughtUp = false; ///< the search has been at the end once; since then it only follows
    quint64 m_pausedAt = 0;
    quint64 m_floor = 0; ///< rows before it are hidden by hand
    quint64 m_first = 0; ///< of the range
    quint64 m_end = 0;
    std::vector<quint64> m_samples; ///< the source's counters, before m_samplesTo
    quint64 m_samplesTo = 0;
    mutable QCache<quint64, MessageCells> m_cells;
    mutable QSet<QByteArray> m_types;
    QFont m_fixed;

    [[nodiscard]] bool listed() const { return m_filtered && m_mode == FilterMode::Hide; }
    void learnSamples(quint64 end);
    [[nodiscard]] quint64 samplesBefore(quint64 number) const;
    /// Rows of [first, end) that are no counters.
    [[nodiscard]] quint64 messagesIn(quint64 first, quint64 end) const;
    void repaint(int firstColumn, int lastColumn, const QList<int> &roles);
    [[nodiscard]] QString markWords(int row) const;
    [[nodiscard]] bool isMarked(quint64 number) const { return m_rows.contains(number); }
    [[nodiscard]] quint64 availableFrom() const;
    [[nodiscard]] quint64 availableTo() const;
    [[nodiscard]] const MessageCells *cells(quint64 number) const;
    void fillCells(quint64 number) const;
    void remember(const CapturedRow &row) const;
    [[nodiscard]] QVariant display(int row, int column, const MessageCells &cells) const;
    [[nodiscard]] QVariant toolTip(int row, int column, const MessageCells &cells) const;
    [[nodiscard]] TextMarks marksOf(int row) const;
    [[nodiscard]] bool isNumber(int row, int column) const;
    /// Of any row of the source, also one that is not shown.
    [[nodiscard]] std::optional<qint64> timeOf(quint64 number) const;
    [[nodiscard]] QVariant delta(int row, const MessageCells &cells) const;
    [[nodiscard]] QVariant background(quint64 number) const;
    [[nodiscard]] std::optional<qsizetype> ruleOf(quint64 number) const;
    [[nodiscard]] QVariant foreground(int column, const MessageCells &cells) const;
    void beginSession();
    void beginAgain();
    void follow();
    void takeMatches(const RowSet &rows, quint64 scannedTo, quint64 notSearched);
    void showMatches(const RowSet &rows, quint64 first, quint64 end);
    void appendListed(const RowSet &rows, quint64 first, quint64 end);
    void dropBefore(quint64 number);
    void removeFirst(quint64 rows, const std::function<void()> &remove);
    void keepBound();
};

} // namespace glasshouse
