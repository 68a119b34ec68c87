// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/windows/resultswindow.h"

#include "ui/base/formats.h"
#include "ui/base/icons.h"
#include "ui/base/tints.h"
#include "ui/base/windowsize.h"
#include "ui/games/gamefaces.h"
#include "ui/models/naturalsort.h"
#include "ui/panels/keysdialog.h"
#include "ui/panels/tableview.h"

#include <QAction>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpression>
#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

template <typename Model>
QSortFilterProxyModel *filterFor(Model &model, QObject *parent)
{
    auto *filter = new NaturalSort(parent);
    filter->setSourceModel(&model);
    filter->setSortRole(Model::SortRole);
    filter->setFilterRole(Model::KindRole);
    return filter;
}

QLabel *plainLabel()
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    return label;
}

QString titleOf(const PlayedGame &game)
{
    return ResultsWindow::tr("Game %1: %2 in room %3, %4, %5")
        .arg(formatNumber(game.number), gameName(game.result.game), oneLine(game.result.room, 32),
             formatDayAndTime(game.result.endedMs), formatDuration(game.result.endedMs - game.result.startedMs));
}

} // namespace

ResultsWindow::ResultsWindow(QWidget *parent)
    : QWidget(parent, Qt::Window),
      m_rankingsFilter(filterFor(m_rankingsModel, this)),
      m_gamesFilter(filterFor(m_gamesModel, this)),
      m_body(new QWidget),
      m_trouble(new QLabel),
      m_troubleLine(buildTrouble()),
      m_kinds(new QComboBox),
      m_tabs(new QTabWidget),
      m_rankings(new TableView(tr("Rankings"), tr("Nothing has been played to its end yet."))),
      m_games(new TableView(tr("Games"), tr("Nothing has been played to its end yet."))),
      m_title(plainLabel()),
      m_result(new TableView(tr("Results of the game"), tr("Select a game to see how everyone did."))),
      m_splitter(new QSplitter(Qt::Vertical)),
      m_footer(plainLabel()),
      m_exported(plainLabel())
{
    setWindowTitle(tr("Results"));
    buildTables();
    m_tabs->setDocumentMode(true);
    m_tabs->setTabToolTip(m_tabs->addTab(m_rankings, tr("&Rankings")), tr("Who won most, of each game"));
    m_tabs->setTabToolTip(m_tabs->addTab(buildGames(), tr("&Games")), tr("Every game that was played to its end"));
    auto *layout = new QVBoxLayout(m_body);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addLayout(buildTop());
    layout->addWidget(m_troubleLine);
    layout->addWidget(m_tabs, 1);
    layout->addLayout(buildFooter());
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    outer->addWidget(m_body);
    resizeOnScreen(*this, {860, 560});
    showSelected();
    apply(nullptr);
}

ResultsWindow::~ResultsWindow()
{
    delete m_body; // its views hold on to the models, which are members and would go first
}

QLayout *ResultsWindow::buildTop()
{
    m_kinds->addItem(tr("All games"), QString());
    m_kinds->setToolTip(tr("Show one kind of game only"));
    m_kinds->setAccessibleName(tr("Kind of game"));
    m_kinds->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    connect(m_kinds, &QComboBox::currentIndexChanged, this, &ResultsWindow::filter);
    addActions();
    auto *save = new QPushButton(tr("&Export"));
    save->setToolTip(tr("Write every game that was ever played into a file"));
    auto *menu = new QMenu(save);
    menu->setToolTipsVisible(true);
    menu->addActions(actions().first(2));
    save->setMenu(menu);
    auto *top = new QHBoxLayout;
    top->setContentsMargins(8, 6, 8, 6);
    top->addWidget(m_kinds);
    top->addStretch(1);
    top->addWidget(save);
    return top;
}

void ResultsWindow::addActions()
{
    const auto add = [this](const QString &text, const QList<QKeySequence> &keys, const QString &tip) {
        auto *action = new QAction(text, this);
        action->setShortcuts(keys);
        action->setToolTip(tip);
        addAction(action);
        return action;
    };
    connect(add(tr("As a &table (CSV)…"), {tr("Ctrl+E")}, tr("A line for each player of each game")),
            &QAction::triggered, this, [this] { askAndExport(HistoryFormat::Csv); });
    connect(add(tr("As &JSON…"), {tr("Ctrl+Shift+E")}, tr("Every game with all that its results say")),
            &QAction::triggered, this, [this] { askAndExport(HistoryFormat::Json); });
    addWindowKeys(this);
}

QWidget *ResultsWindow::buildTrouble()
{
    auto *line = new QWidget;
    auto *sign = new QLabel;
    sign->setPixmap(icon(Icon::Warning).pixmap(QSize(16, 16), devicePixelRatioF()));
    m_trouble->setTextFormat(Qt::PlainText);
    m_trouble->setWordWrap(true);
    m_trouble->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(10, 2, 10, 8);
    layout->addWidget(sign, 0, Qt::AlignTop);
    layout->addWidget(m_trouble, 1);
    return line;
}

void ResultsWindow::buildTables()
{
    for (TableView *table : {m_rankings, m_games}) {
        table->setSortingEnabled(true);
        table->horizontalHeader()->setSortIndicatorClearable(true);
    }
    m_rankings->setObjectName(u"rankings"_s);
    m_games->setObjectName(u"games"_s);
    m_rankings->setModel(m_rankingsFilter);
    m_rankings->sortByColumn(-1, Qt::AscendingOrder); // as the history has it
    m_rankings->setWidths({5, 16, 12, 7, 6, 8, 8, 16});
    m_rankings->setElasticColumn(RankingsModel::Name);
    m_games->setModel(m_gamesFilter);
    m_games->sortByColumn(-1, Qt::AscendingOrder);
    m_games->setWidths({6, 16, 12, 12, 7, 16, 12});
    m_games->setElasticColumn(PlayedGamesModel::Winner);
    m_result->setModel(&m_resultModel);
    for (TableView *table : {m_rankings, m_games, m_result})
        table->offerCopy();
    connect(m_games->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ResultsWindow::showSelected);
}

QWidget *ResultsWindow::buildGames()
{
    m_title->setContentsMargins(6, 4, 6, 4);
    auto *details = new QWidget;
    auto *layout = new QVBoxLayout(details);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_title);
    layout->addWidget(m_result, 1);
    m_splitter->addWidget(m_games);
    m_splitter->addWidget(details);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setSizes({260, 200});
    m_splitter->setStretchFactor(0, 1);
    return m_splitter;
}

QLayout *ResultsWindow::buildFooter()
{
    m_exported->setAlignment(Qt::AlignRight);
    auto *footer = new QHBoxLayout;
    footer->setContentsMargins(8, 4, 8, 5);
    footer->addWidget(m_footer, 1);
    footer->addWidget(m_exported, 1);
    return footer;
}

void ResultsWindow::apply(const std::shared_ptr<const HistoryView> &view)
{
    const HistoryView nothing;
    const HistoryView &known = view ? *view : nothing;
    m_rankingsModel.apply(known.rankings);
    m_gamesModel.apply(known.games);
    fillKinds(known);
    m_trouble->setText(
        known.failed || known.setAside.isEmpty()
            ? oneLine(known.errorText, 400)
            : tr("The file was broken and is now %1; a new one has begun.").arg(oneLine(known.setAside)));
    m_troubleLine->setVisible(!known.errorText.isEmpty());
    showFooter(known);
}

void ResultsWindow::fillKinds(const HistoryView &view)
{
    QSet<QString> known;
    for (int i = 0; i < m_kinds->count(); ++i)
        known.insert(m_kinds->itemData(i).toString());
    const auto add = [&](const QString &kind) {
        if (known.contains(kind))
            return;
        known.insert(kind);
        m_kinds->addItem(gameName(kind), kind);
    };
    for (const Ranking &ranking : view.rankings)
        add(ranking.game);
    for (const PlayedGame &game : view.games)
        add(game.result.game);
}

void ResultsWindow::filter()
{
    const QString kind = m_kinds->currentData().toString();
    const QString pattern =
        kind.isEmpty() ? QString() : QRegularExpression::anchoredPattern(QRegularExpression::escape(kind));
    m_rankingsFilter->setFilterRegularExpression(pattern);
    m_gamesFilter->setFilterRegularExpression(pattern);
}

void ResultsWindow::showSelected()
{
    const QModelIndexList rows = m_games->selectionModel()->selectedRows();
    const PlayedGame *game =
        rows.isEmpty() ? nullptr : &m_gamesModel.at(m_gamesFilter->mapToSource(rows.first()).row()).game;
    m_title->setText(game != nullptr ? titleOf(*game) : QString());
    m_title->setVisible(game != nullptr);
    m_resultModel.show(game);
    m_result->setWidth(GameResultModel::Place, 5);
    for (int column = GameResultModel::Score; column < m_resultModel.columnCount(); ++column)
        m_result->setWidth(column, 11);
    m_result->setElasticColumn(GameResultModel::Name);
    m_result->takeColumnsAsStandard();
}

void ResultsWindow::showFooter(const HistoryView &view)
{
    const auto shown = view.games.size();
    QStringList parts{view.totalGames == 1 ? tr("1 game") : tr("%1 games").arg(formatNumber(view.totalGames))};
    if (shown < view.totalGames)
        parts << tr("the newest %1 are listed").arg(formatNumber(shown));
    if (view.lost > 0)
        parts << tr("%1 could not be kept").arg(formatCount(view.lost));
    m_footer->setText(parts.join(u"  ·  "_s));
}

void ResultsWindow::askAndExport(HistoryFormat format)
{
    const bool csv = format == HistoryFormat::Csv;
    QFileDialog dialog(this, tr("Export the results"), QDir::homePath(),
                       csv ? tr("Table (*.csv)") : tr("JSON (*.json)"));
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setDefaultSuffix(csv ? u"csv"_s : u"json"_s);
    dialog.selectFile(csv ? u"glasshouse-results.csv"_s : u"glasshouse-results.json"_s);
    if (dialog.exec() != QDialog::Accepted)
        return;
    m_exported->setText(tr("Exporting…"));
    emit exportWanted(dialog.selectedFiles().constFirst(), format);
}

void ResultsWindow::showExported(const QString &file, const QString &error)
{
    const QString name = QDir::toNativeSeparators(file);
    m_exported->setText(error.isEmpty() ? tr("Saved as %1").arg(name) : tr("Not saved: %1").arg(error));
    m_exported->setToolTip(m_exported->text());
    QPalette colours = palette();
    if (!error.isEmpty())
        colours.setColor(QPalette::WindowText, tint(Tint::Bad));
    m_exported->setPalette(colours);
}

QByteArray ResultsWindow::saveState() const { return m_splitter->saveState(); }
bool ResultsWindow::restoreState(const QByteArray &state) { return m_splitter->restoreState(state); }

} // namespace glasshouse
