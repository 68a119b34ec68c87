// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/testclientending.h"
#include "protocol/upgrade.h"

namespace glasshouse {

/// The answer to an upgrade request, judged. Pure: bytes in, a verdict out. The body of a refusal is kept, because it
/// often says what is wrong.
class TestClientHandshake
{
public:
    static constexpr qsizetype maxBody = 64 * 1024;
    enum class Status : quint8 { NeedMore, Body, Open, Refused };

    explicit TestClientHandshake(UpgradeRequest request) : m_request(std::move(request)) { }

    /// Takes bytes as they come. `consumed` is less than all only where it is Open: what is behind are frames.
    /// Body: refused, and the body is still arriving.
    Status feed(QByteArrayView bytes, qsizetype &consumed);
    /// The stream ended: nothing more comes.
    Status finish();
    /// The head is complete; a body may be missing.
    [[nodiscard]] bool isJudged() const { return m_status != Status::NeedMore; }
    [[nodiscard]] const HttpHead &head() const { return m_parser.head(); }
    /// The head as it came.
    [[nodiscard]] const QByteArray &rawHead() const { return m_parser.raw(); }
    /// The compression that was agreed, once it is Open.
    [[nodiscard]] std::optional<DeflateParameters> deflate() const { return agreedDeflate(head(), m_request); }
    /// Status, head and body as far as they came.
    void copyAnswer(TestClientEnding &ending) const;
    /// Why it was refused, and what might work instead.
    void judge(TestClientEnding &ending, const QUrl &url) const;

private:
    UpgradeRequest m_request;
    HttpHeadParser m_parser{HttpHeadParser::Kind::Response};
    Status m_status = Status::NeedMore;
    TestClientFault m_fault = TestClientFault::NoAnswer;
    QByteArray m_detail;
    QByteArray m_body;
    bool m_bodyCut = false;

    void judgeHead();
    void judgeBroken();
    void judgeUpgrade();
    void takeBody(QByteArrayView bytes);
    [[nodiscard]] bool bodyComplete() const;
};

} // namespace glasshouse
