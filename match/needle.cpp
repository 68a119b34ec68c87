// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/needle.h"

#include <QRegularExpression>
#include <algorithm>
#include <iterator>
#include <re2/filtered_re2.h>
#include <set>
#include <string>
#include <vector>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr int shortest = 2;      // of what a pattern has to have: one letter is nearly everywhere
constexpr size_t mostTexts = 64; // each is compared with each; of more, none has to be there alone

/// What is ASCII, in pieces.
QList<QByteArray> piecesOf(const QByteArray &words)
{
    QList<QByteArray> pieces{{}};
    for (const char c : words) {
        if (static_cast<quint8>(c) < 0x80)
            pieces.last() += c;
        else if (!pieces.last().isEmpty())
            pieces.append(QByteArray());
    }
    return pieces;
}

/// RE2 lowers the letters of what it says that bytes must have, and with some beyond ASCII that gives others than they match.
bool isPlain(const QString &pattern)
{
    static const QRegularExpression number(u"\\\\[0-9xpP]"_s);
    return std::ranges::all_of(pattern, [](QChar c) { return c.unicode() < 0x80; }) && !pattern.contains(number);
}

/// Texts that may be in all of some others: in those that differ in their last or first character, which stand for a class.
std::set<QByteArray> candidatesOf(const QList<QByteArray> &texts)
{
    std::set<QByteArray> candidates;
    for (const QByteArray &text : texts) {
        for (const QByteArray &part : {text, text.chopped(1), text.sliced(1)}) {
            if (part.size() >= shortest)
                candidates.insert(part);
        }
    }
    return candidates;
}

/// Texts of which bytes must have each one where the pattern fits, in lower case. RE2 says which texts it would have to know of.
QList<QByteArray> requiredBy(const QString &pattern)
{
    RE2::Options options;
    options.set_case_sensitive(false);
    options.set_log_errors(false);
    re2::FilteredRE2 filter(shortest);
    int id = 0;
    if (filter.Add(pattern.toStdString(), options, &id) != RE2::NoError)
        return {};
    std::vector<std::string> strings;
    filter.Compile(&strings);
    if (strings.size() > mostTexts)
        return {};
    QList<QByteArray> texts, required;
    std::ranges::transform(strings, std::back_inserter(texts), QByteArray::fromStdString);
    for (const QByteArray &candidate : candidatesOf(texts)) {
        std::vector<int> without, fits;
        for (qsizetype at = 0; at < texts.size(); ++at) {
            if (!texts[at].contains(candidate))
                without.push_back(static_cast<int>(at));
        }
        filter.AllPotentials(without, &fits);
        if (fits.empty())
            required.append(candidate);
    }
    return required;
}

} // namespace

std::optional<Needle> needleOfText(const QString &words)
{
    const QByteArray bytes = words.toUtf8();
    const QList<QByteArray> pieces = piecesOf(bytes);
    const QByteArray longest = *std::ranges::max_element(pieces, {}, &QByteArray::size);
    const QByteArray beginning = longest.left(TextFinder::longest);
    const std::optional<TextFinder> finder = TextFinder::of(beginning);
    return finder ? std::optional(Needle{*finder, beginning == bytes}) : std::nullopt;
}

std::optional<Needle> needleOfPattern(const QString &pattern)
{
    std::optional<Needle> needle;
    if (!isPlain(pattern))
        return needle;
    for (const QByteArray &text : requiredBy(pattern)) {
        const std::optional<TextFinder> finder = TextFinder::of(text.left(TextFinder::longest));
        if (finder && (!needle || finder->size() > needle->finder.size()))
            needle = Needle{*finder};
    }
    return needle;
}

} // namespace glasshouse
