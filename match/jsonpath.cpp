// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/jsonpath.h"

#include "match/conditiontext.h"
#include "protocol/json.h"
#include "protocol/jsonscan.h"

#include <algorithm>
#include <span>

namespace glasshouse {

namespace {

using namespace jsonscan;
using Step = JsonPath::Step;

/// Goes through bytes of which nothing is known. Nothing is read twice, and only the steps of the path nest.
class JsonWalk
{
public:
    JsonWalk(QByteArrayView json, const QList<Step> &steps, const std::function<Found(QByteArrayView)> &test,
             const std::atomic<bool> &stop)
        : m_at(json.data()),
          m_end(json.data() + std::min(json.size(), JsonPath::mostBytes)),
          m_isCut(json.size() > JsonPath::mostBytes),
          m_steps(steps),
          m_comesBack(std::ranges::any_of(steps, [](const Step &step) { return step.kind == Step::Kind::AnyElement; })),
          m_test(test),
          m_stop(stop)
    { }

    Found run()
    {
        if (!walk(0) && (m_stopped || (m_isCut && m_at == m_end)))
            m_found = Found::NotToTheEnd;
        return m_found;
    }

private:
    static constexpr quint32 turn = 1024; // pieces between two looks at m_stop
    const char *m_at;
    const char *m_end;
    const bool m_isCut;
    const QList<Step> &m_steps;
    const bool m_comesBack; // there may be more behind a value that was not it
    const std::function<Found(QByteArrayView)> &m_test;
    const std::atomic<bool> &m_stop;
    quint32 m_pieces = 0;
    bool m_stopped = false;
    Found m_found = Found::No;

    /// Is there more to read? Once a piece.
    bool goesOn()
    {
        if (++m_pieces % turn == 0 && m_stop) {
            m_stopped = true;
            m_at = m_end;
        }
        return m_at < m_end;
    }

    void space() { m_at = skipSpace(m_at, m_end); }
    bool take(char c)
    {
        space();
        if (m_at == m_end || *m_at != c)
            return false;
        ++m_at;
        return true;
    }

    /// Of a string whose quote is read. False: it has no end.
    bool restOfString()
    {
        while (goesOn()) {
            m_at = skipPlain(m_at, m_end);
            if (m_at == m_end)
                break;
            const char c = *m_at++;
            if (c == '"')
                return true;
            if (c == '\\' && m_at < m_end)
                ++m_at;
        }
        return false;
    }

    /// Behind the bracket that closes what is open.
    void restOfContainer()
    {
        for (int depth = 1; depth > 0 && goesOn();) {
            const char c = *m_at++;
            if (c == '"')
                restOfString();
            else if (c == '{' || c == '[')
                ++depth;
            else if (c == '}' || c == ']')
                --depth;
        }
    }

    void value()
    {
        if (m_at == m_end)
            return;
        const char first = *m_at;
        if (first == '"' || first == '{' || first == '[') {
            ++m_at;
            return first == '"' ? void(restOfString()) : restOfContainer();
        }
        while (m_at < m_end && *m_at != ',' && *m_at != ']' && *m_at != '}' && !isSpace(*m_at))
            ++m_at;
    }

    /// True: found. False: it stands behind the value, if something may be found there.
    bool walk(qsizetype step)
    {
        space();
        if (step == m_steps.size())
            return testValue();
        const bool wantsObject = m_steps[step].kind == Step::Kind::Member;
        if (m_at == m_end || *m_at != (wantsObject ? '{' : '[')) {
            value();
            return false;
        }
        ++m_at;
        return wantsObject ? walkObject(step) : walkArray(step);
    }

    bool testValue()
    {
        const char *const begin = m_at;
        value();
        if (m_stop) { // what is asked of a value may take long
            m_stopped = true;
            m_at = m_end;
        }
        if (m_stopped || begin == m_at)
            return false;
        const Found found = m_isCut && m_at == m_end ? Found::NotToTheEnd : m_test(QByteArrayView(begin, m_at));
        if (found != Found::No)
            m_found = found;
        return found == Found::Yes;
    }

    bool walkObject(qsizetype step)
    {
        while (goesOn() && take('"')) {
            const char *const key = m_at;
            if (!restOfString())
                return false;
            const bool isIt = isKey({key, m_at - 1}, m_steps[step].utf8);
            if (!take(':'))
                break;
            if (isIt)
                return finish(walk(step + 1));
            space();
            value();
            take(',');
        }
        return finish(false);
    }

    bool walkArray(qsizetype step)
    {
        const Step &wanted = m_steps[step];
        for (qsizetype index = 0; goesOn(); ++index) {
            space();
            if (m_at == m_end || *m_at == ']')
                break;
            const char *const begin = m_at;
            if (wanted.kind == Step::Kind::AnyElement) {
                if (walk(step + 1))
                    return true;
            } else if (index == wanted.index) {
                return finish(walk(step + 1));
            } else {
                value();
            }
            if (!take(',') && begin == m_at)
                break; // no value: this is no JSON
        }
        return finish(false);
    }

    /// Behind the object or array that it stands in, if that is of use.
    bool finish(bool found)
    {
        if (!found && m_comesBack)
            restOfContainer();
        return found;
    }
};

bool isNameCharacter(QChar c) { return c.isLetterOrNumber() || c == u'_' || c == u'-' || c == u'$'; }

bool isPlainName(const QString &name) { return !name.isEmpty() && std::ranges::all_of(name, isNameCharacter); }

Error<ConditionFault> fault(ConditionFault::Kind kind, qsizetype position, QStringView part)
{
    return {{kind, position, part.size(), part.toString()}, "no path"};
}

/// Reads one step at the beginning of `text`; its length, 0: it is none.
qsizetype readName(QStringView text, Step &step)
{
    const auto end = std::find_if_not(text.begin() + 1, text.end(), isNameCharacter);
    const qsizetype length = end - text.begin();
    step = {Step::Kind::Member, text.sliced(1, length - 1).toString()};
    return length > 1 ? length : 0;
}

qsizetype readBracket(QStringView text, Step &step)
{
    if (const auto quoted = readQuoted(text.sliced(1))) {
        step = {Step::Kind::Member, quoted->text};
        const qsizetype end = 1 + quoted->length;
        return end < text.size() && text[end] == u']' ? end + 1 : 0;
    }
    const qsizetype end = text.indexOf(u']');
    const QStringView inside = text.sliced(1, std::max<qsizetype>(end, 1) - 1);
    constexpr qsizetype mostDigits = 9;
    bool isNumber = !inside.isEmpty() && inside.size() <= mostDigits
        && std::ranges::all_of(inside, [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (inside == u"*")
        step = {Step::Kind::AnyElement};
    else if (isNumber)
        step = {Step::Kind::Element, {}, inside.toInt()};
    else
        return 0;
    return end + 1;
}

QString stepsInWords(std::span<const Step> steps)
{
    QString words;
    for (const Step &step : steps) {
        if (step.kind == Step::Kind::AnyElement)
            words += QLatin1StringView("[*]");
        else if (step.kind == Step::Kind::Element)
            words += u'[' + QString::number(step.index) + u']';
        else
            words += isPlainName(step.name) ? u'.' + step.name : u'[' + quotedText(step.name) + u']';
    }
    return words;
}

} // namespace

Result<JsonPath, ConditionFault> JsonPath::read(QStringView text)
{
    QList<Step> steps;
    for (qsizetype at = 0; at < text.size();) {
        const QStringView rest = text.sliced(at);
        if (steps.size() == mostSteps)
            return fault(ConditionFault::Kind::PathTooLong, at, rest);
        Step step;
        const qsizetype length = rest.front() == u'.' ? readName(rest, step)
            : rest.front() == u'['                    ? readBracket(rest, step)
                                                      : 0;
        if (length == 0)
            return fault(ConditionFault::Kind::BadPath, at, rest);
        steps.append(std::move(step));
        at += length;
    }
    return JsonPath(std::move(steps));
}

Result<JsonPath, ConditionFault> JsonPath::readFromRoot(QStringView text)
{
    const auto behind = [text](QLatin1StringView root) -> std::optional<QStringView> {
        const QStringView rest = text.startsWith(root) ? text.sliced(root.size()) : text;
        const bool isRoot = text.startsWith(root) && (rest.isEmpty() || rest.front() == u'.' || rest.front() == u'[');
        return isRoot ? std::optional(rest) : std::nullopt;
    };
    if (const auto rest = behind(rootName))
        return read(*rest);
    if (const auto rest = behind(dataName)) {
        const auto path = read(*rest);
        return path ? Result<JsonPath, ConditionFault>(path.value().inData()) : path;
    }
    if (text.isEmpty())
        return fault(ConditionFault::Kind::BadPath, 0, text);
    return text.front() == u'[' ? read(text) : read(QString(u'.' + text.toString()));
}

QString JsonPath::words() const { return stepsInWords(m_steps); }

QString JsonPath::wordsFromRoot() const
{
    const std::span<const Step> steps = m_steps;
    if (!steps.empty() && steps.front().kind == Step::Kind::Member && steps.front().name == dataName)
        return dataName + stepsInWords(steps.subspan(1));
    return rootName + stepsInWords(steps);
}

Found JsonPath::find(QByteArrayView json, const std::function<Found(QByteArrayView)> &test,
                     const std::atomic<bool> &stop) const
{
    return JsonWalk(json, m_steps, test, stop).run();
}

QByteArrayView JsonPath::value(QByteArrayView json) const
{
    static const std::atomic<bool> never = false;
    QByteArrayView first;
    const auto take = [&first](QByteArrayView value) {
        first = value;
        return Found::Yes;
    };
    return find(json, take, never) == Found::Yes ? first : QByteArrayView();
}

} // namespace glasshouse
