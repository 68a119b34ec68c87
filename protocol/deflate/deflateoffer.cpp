// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/deflate/deflateoffer.h"

#include "protocol/httpchars.h"

#include <algorithm>

namespace glasshouse {
namespace {

constexpr QByteArrayView extension = "permessage-deflate";
constexpr QByteArrayView serverNoTakeover = "server_no_context_takeover";
constexpr QByteArrayView clientNoTakeover = "client_no_context_takeover";
constexpr QByteArrayView serverBits = "server_max_window_bits";
constexpr QByteArrayView clientBits = "client_max_window_bits";
constexpr int mostBits = 15;
constexpr int fewestBits = 8;

using Fault = Error<DeflateError>;

/// One "name" or "name=value" of an element.
struct Parameter
{
    QByteArray name;
    std::optional<QByteArray> value;
};

QByteArray unquoted(QByteArrayView value)
{
    const bool isQuoted = value.size() >= 2 && value.startsWith('"') && value.endsWith('"');
    return (isQuoted ? value.sliced(1, value.size() - 2) : value).toByteArray();
}

QByteArray nameOf(const QByteArray &element)
{
    const qsizetype end = element.indexOf(';');
    return httpchars::stripped(QByteArrayView(element).first(end < 0 ? element.size() : end)).toByteArray();
}

QList<Parameter> parametersOf(const QByteArray &element)
{
    QList<Parameter> parameters;
    for (const QByteArray &part : element.split(';').sliced(1)) {
        const qsizetype equals = part.indexOf('=');
        const QByteArrayView all(part);
        if (equals < 0)
            parameters.append({httpchars::stripped(all).toByteArray(), {}});
        else
            parameters.append({httpchars::stripped(all.first(equals)).toByteArray(),
                               unquoted(httpchars::stripped(all.sliced(equals + 1)))});
    }
    return parameters;
}

const Parameter *find(const QList<Parameter> &parameters, QByteArrayView name)
{
    const auto found = std::ranges::find_if(parameters, [name](const Parameter &p) { return p.name == name; });
    return found == parameters.end() ? nullptr : &*found;
}

/// 8 – 15, in decimal without zeros in front; −1: none of these.
int bitsOf(const Parameter &parameter)
{
    const QByteArray value = parameter.value.value_or(QByteArray());
    for (int bits = fewestBits; bits <= mostBits; ++bits) {
        if (value == QByteArray::number(bits))
            return bits;
    }
    return -1;
}

/// What an offer says, as far as an answer has to fit it.
struct Offer
{
    bool serverNoTakeover = false;
    int serverBits = 0; ///< 0: not named
    bool namesClientBits = false;
    int clientBits = mostBits; ///< the most that the answer may say
};

Offer readOffer(const QByteArray &element)
{
    const QList<Parameter> parameters = parametersOf(element);
    Offer offer;
    offer.serverNoTakeover = find(parameters, serverNoTakeover) != nullptr;
    if (const Parameter *bits = find(parameters, serverBits))
        offer.serverBits = bitsOf(*bits);
    if (const Parameter *bits = find(parameters, clientBits)) {
        offer.namesClientBits = true;
        offer.clientBits = bits->value ? bitsOf(*bits) : mostBits;
    }
    return offer;
}

std::optional<Fault> takeParameter(const Parameter &parameter, const Offer &offer, DeflateParameters &agreed)
{
    const auto is = [&parameter](QByteArrayView name) { return parameter.name == name; };
    if (is(serverNoTakeover) || is(clientNoTakeover)) {
        (is(serverNoTakeover) ? agreed.serverNoContextTakeover : agreed.clientNoContextTakeover) = true;
        return parameter.value ? std::optional(Fault{DeflateError::BadValue, parameter.name}) : std::nullopt;
    }
    const bool ofServer = is(serverBits);
    if (!ofServer && !(is(clientBits) && offer.namesClientBits))
        return Fault{DeflateError::UnknownParameter, parameter.name};
    const int bits = bitsOf(parameter);
    const int most = ofServer ? (offer.serverBits > 0 ? offer.serverBits : mostBits) : offer.clientBits;
    if (bits < 0 || bits > most)
        return Fault{DeflateError::BadValue, parameter.name};
    (ofServer ? agreed.serverMaxWindowBits : agreed.clientMaxWindowBits) = bits;
    return std::nullopt;
}

Result<std::optional<DeflateParameters>, DeflateError> readElement(const QByteArray &element, const Offer &offer)
{
    const QList<Parameter> parameters = parametersOf(element);
    DeflateParameters agreed;
    agreed.clientMaxWindowBits = offer.clientBits;
    for (const Parameter &parameter : parameters) {
        if (find(parameters, parameter.name) != &parameter)
            return Fault{DeflateError::RepeatedParameter, parameter.name};
        if (const auto fault = takeParameter(parameter, offer, agreed))
            return *fault;
    }
    if (offer.serverNoTakeover && !agreed.serverNoContextTakeover)
        return Fault{DeflateError::NotHonoured, serverNoTakeover.toByteArray()};
    if (offer.serverBits > 0 && find(parameters, serverBits) == nullptr)
        return Fault{DeflateError::NotHonoured, serverBits.toByteArray()};
    return std::optional(agreed);
}

QList<QByteArray> deflatesOf(QList<QByteArray> elements)
{
    elements.removeIf([](const QByteArray &element) { return nameOf(element) != extension; });
    return elements;
}

} // namespace

QByteArray deflateOffer(const DeflateParameters &offered)
{
    QByteArray text = extension.toByteArray();
    if (offered.serverNoContextTakeover)
        text += "; " + serverNoTakeover.toByteArray();
    if (offered.clientNoContextTakeover)
        text += "; " + clientNoTakeover.toByteArray();
    if (offered.serverMaxWindowBits < mostBits)
        text += "; " + serverBits.toByteArray() + '=' + QByteArray::number(offered.serverMaxWindowBits);
    text += "; " + clientBits.toByteArray();
    return offered.clientMaxWindowBits < mostBits ? text + '=' + QByteArray::number(offered.clientMaxWindowBits) : text;
}

Result<std::optional<DeflateParameters>, DeflateError> readDeflateAnswer(const QList<QByteArray> &answer,
                                                                         const QList<QByteArray> &offer)
{
    const QList<QByteArray> chosen = deflatesOf(answer);
    if (chosen.isEmpty())
        return std::optional<DeflateParameters>();
    if (chosen.size() > 1)
        return Fault{DeflateError::Repeated, extension.toByteArray()};
    Result<std::optional<DeflateParameters>, DeflateError> result =
        Fault{DeflateError::UnknownParameter, extension.toByteArray()};
    for (const QByteArray &offered : deflatesOf(offer)) { // any of them may be what it answers
        result = readElement(chosen.first(), readOffer(offered));
        if (result)
            break;
    }
    return result;
}

} // namespace glasshouse
