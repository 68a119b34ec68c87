// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/refusals.h"

#include "server/gate/hostpolicy.h"

#include <array>

namespace glasshouse {

namespace {

struct Row
{
    Denial denial;
    EndingCause cause;
    int status;
    const char *text;
    const char *header = nullptr; ///< with its value
    const char *value = nullptr;
    const char *detail = "";
};

// In the order of Denial.
constexpr Row rows[] = {
    {Denial::TooManyRequests, EndingCause::RequestingTooFast, 429, "too many requests a second from this address",
     "Retry-After", "1"},
    {Denial::TooManyBroken, EndingCause::FailingTooFast, 429, "too many broken requests from this address",
     "Retry-After", "5"},
    {Denial::TooManyConnecting, EndingCause::ConnectingTooFast, 429,
     "too many new WebSocket connections or rooms from this address", "Retry-After", "1"},
    {Denial::TooManyUnderWay, EndingCause::TooManyUnderWay, 429, "too many requests under way from this address",
     "Retry-After", "1"},
    {Denial::TooManySockets, EndingCause::TooManyFromAddress, 429, "too many WebSocket connections from this address",
     "Retry-After", "5"},
    {Denial::TooManyChecks, EndingCause::CheckOver, 503, "too many devices look for a way here at a time",
     "Retry-After", "60"},
    {Denial::TooManyGuesses, EndingCause::GuessingTooFast, 429, "too many wrong codes or tokens", "Retry-After", "60"},
    {Denial::HostNotAllowed, EndingCause::HostNotAllowed, 421, "this server does not answer to this Host"},
    {Denial::PlainToTls, EndingCause::PlainToTlsPort, 400, "this server takes TLS only: use https:// and wss://"},
    {Denial::PlainRedirected, EndingCause::PlainRedirected, 308, "this server takes TLS only"},
    {Denial::UpgradeExpected, EndingCause::UpgradeExpected, 426,
     "this address is for WebSocket connections: open it with a WebSocket client, for example wscat -c "
     "ws://HOST:PORT/ws/ROOM",
     "Upgrade", "websocket"},
    {Denial::NoPlayerRoute, EndingCause::UnknownPath, 404, "there is no player route here"},
    {Denial::BadRoomId, EndingCause::UnknownPath, 404, "a room id is 1-64 of A-Z a-z 0-9 _ -"},
    {Denial::OperatorOnlyHere, EndingCause::OperatorRefused, 403,
     "only from the server's own machine, or with an operator's token"},
    {Denial::OperatorTokenNeeded, EndingCause::OperatorRefused, 401, "the operator's token is needed",
     "WWW-Authenticate", "Bearer"},
    {Denial::BodyOfARead, EndingCause::BadHead, 400, "a request to read has no body", nullptr, nullptr,
     "Transfer-Encoding where nothing is sent"},
    {Denial::UnknownCoding, EndingCause::BadHead, 400, "of all transfer codings only chunked is taken, and once",
     nullptr, nullptr, "Transfer-Encoding is not chunked"},
    {Denial::BodyTooLarge, EndingCause::HttpServed, 413, "the body is too large"},
    {Denial::HeadTimeout, EndingCause::HeadTimeout, 408, "the request took too long"},
    {Denial::AdmissionTimeout, EndingCause::AdmissionTimeout, 503, "nobody said in time whether you may come in",
     "Retry-After", "5"},
    {Denial::HandshakeFailed, EndingCause::HandshakeFailed, 500, "the handshake could not be completed"},
    {Denial::DiskTimeout, EndingCause::HttpServed, 503, "the disk took too long: come back in a moment", "Retry-After",
     "5"},
    {Denial::TooManyFiles, EndingCause::TooManyFiles, 429,
     "too many files at once, or too much of them, for this address", "Retry-After", "15"},
    {Denial::TooManyWaiting, EndingCause::HttpServed, 503, "too many requests wait for their turn", "Retry-After", "5"},
    {Denial::TooManyLargeAnswers, EndingCause::HttpServed, 503, "too many large answers are under way", "Retry-After",
     "5"},
};

constexpr bool areInOrder()
{
    for (size_t i = 0; i < std::size(rows); ++i) {
        if (size_t(rows[i].denial) != i)
            return false;
    }
    return true;
}
static_assert(areInOrder());

Refused broken(EndingCause cause, int status, QByteArrayView text)
{
    return {cause, errorAnswer(status, text), text.toByteArray()};
}

const HttpHeaders webSocketOnly{{"Upgrade", "websocket"}, {"Sec-WebSocket-Version", "13"}};

} // namespace

Refused refusalOf(Denial denial)
{
    const Row &row = rows[size_t(denial)];
    Refused refused{row.cause, errorAnswer(row.status, row.text), row.detail};
    if (row.header != nullptr)
        refused.answer.headers = {{row.header, row.value}};
    if (row.status == 426)
        refused.answer.headers = webSocketOnly;
    return refused;
}

Refused refusalOf(HttpError error)
{
    const auto cause = error == HttpError::TlsOnPlainPort ? EndingCause::TlsToPlainPort : EndingCause::BadHead;
    return broken(cause, httpStatusFor(error), describe(error));
}

Refused refusalOf(UpgradeError error)
{
    const auto cause = error == UpgradeError::OverHttp10 ? EndingCause::UpgradeOverHttp10
        : error == UpgradeError::Dropped                 ? EndingCause::UpgradeExpected
                                                         : EndingCause::BadUpgrade;
    Refused refused = broken(cause, httpStatusFor(error), describe(error));
    if (refused.answer.status == 426)
        refused.answer.headers = webSocketOnly;
    else if (error == UpgradeError::NotGet)
        refused.answer.headers = {{"Allow", "GET"}};
    return refused;
}

Refused refusalOf(ChunkError error)
{
    return error == ChunkError::DataTooLong ? refusalOf(Denial::BodyTooLarge)
                                            : broken(EndingCause::BadHead, 400, describe(error));
}

// 404, as it was: there is nothing of the kind here.
Refused refusalOf(const ForeignProtocol &protocol)
{
    return {EndingCause::ForeignProtocol, errorAnswer(404, protocol.explanation()), protocol.name};
}

Refused refusalOf(ProxyError error) { return broken(EndingCause::BadProxyHeader, 400, describe(error)); }

Refused refusalOf(AddressDoubt doubt) { return broken(EndingCause::BadHead, 400, describe(doubt)); }

Refused refusalOfHost(QByteArrayView host)
{
    Refused refused = refusalOf(Denial::HostNotAllowed);
    const QByteArray name = nameToAllow(host);
    if (name.isEmpty())
        return refused;
    refused.detail = name;
    refused.answer = errorAnswer(
        refused.answer.status,
        "this server does not answer to the name " + name + "; if it is one of its own, start it with --allow-host "
            + name + ". A proxy should pass the Host header on as it came (nginx: proxy_set_header Host $host)");
    return refused;
}

Refused refusalOf(const Admission &admission)
{
    const int status = httpStatusFor(admission.refusal);
    HttpHeaders headers;
    if (status == 401)
        headers = {{"WWW-Authenticate", "Bearer"}};
    else if (status == 429 || status == 503)
        headers = {{"Retry-After", status == 503 ? "5" : "15"}};
    return {admission.refusal, errorAnswer(status, admission.reason, headers), admission.reason};
}

EndingCause judgeArrival(AddressBook &addresses, const QHostAddress &address)
{
    if (addresses.isFull())
        return EndingCause::TooManyConnections;
    const bool mayCome = addresses.mayHold(address, Held::Visit) || addresses.makePlace(address);
    return mayCome ? EndingCause::Unknown : EndingCause::TooManyUnderWay;
}

Refused refusalAtTheDoor(EndingCause cause)
{
    const bool isFull = cause == EndingCause::OutOfDescriptors || cause == EndingCause::TooManyConnections
        || cause == EndingCause::ServerClosing;
    return {cause, errorAnswer(isFull ? 503 : 429, endingText(cause).sentence, {{"Retry-After", "1"}}), {}};
}

} // namespace glasshouse
