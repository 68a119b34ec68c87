// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <optional>
#include <utility>
#include <variant>

namespace glasshouse {

/// An expected failure: a code for the program, a text for people (English, no full stop).
template <typename Code>
struct Error
{
    Code code{};
    QByteArray text;
};

/// A value or an Error. `std::expected` needs C++23, which GCC 12 does not offer with C++20.
template <typename Value, typename Code>
class Result
{
public:
    Result(Value value) : m_data(std::in_place_index<0>, std::move(value)) { }
    Result(Error<Code> error) : m_data(std::in_place_index<1>, std::move(error)) { }

    [[nodiscard]] bool ok() const { return m_data.index() == 0; }
    explicit operator bool() const { return ok(); }
    [[nodiscard]] const Value &value() const { return *std::get_if<0>(&m_data); }
    [[nodiscard]] Value &value() { return *std::get_if<0>(&m_data); }
    [[nodiscard]] const Error<Code> &error() const { return *std::get_if<1>(&m_data); }

private:
    std::variant<Value, Error<Code>> m_data;
};

} // namespace glasshouse
