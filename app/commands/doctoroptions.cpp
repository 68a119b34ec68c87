// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/doctoroptions.h"

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr int helpWidth = 38;

using R = DoctorRequest;
using Rows = std::vector<OptionRow<R>>;

Rows ownRows()
{
    return {
        {{.name = "self",
          .type = OptionType::Flag,
          .help = "examines the server that these options of serve start, and says what a phone will meet"},
         fieldOf(&R::self)},
        {{.name = "idle",
          .type = OptionType::Time,
          .expects = "a time such as 30s, 2m, 1h (0 = not at all)",
          .help = "watches a silent connection for so long, 0: not at all (150s; with --self 0)"},
         fieldOf(&R::idle)},
        {{.name = "json",
          .type = OptionType::Flag,
          .help = "one JSON object a line: each stage as it ends, then the whole diagnosis"},
         fieldOf(&R::json)},
        {{.name = "markdown", .type = OptionType::Flag, .help = "a report to be pasted into an issue"},
         fieldOf(&R::markdown)},
        noColourOption(&R::noColour),
    };
}

/// In the order of --help.
Rows optionRows()
{
    Rows rows = clientOptionsOf(&R::client);
    const Rows own = ownRows();
    rows.insert(rows.end(), own.begin(), own.end());
    return rows;
}

/// Beside them stand those of serve, which has an --auth of its own: where the reports go, how long it takes, and a token where we
/// can not make one.
Rows selfRows()
{
    Rows rows = ownRows();
    for (const OptionRow<R> &row : clientOptionsOf(&R::client)) {
        const QLatin1StringView name(row.name);
        if (name == "token"_L1 || name == "token-file"_L1)
            rows.push_back(row);
    }
    return rows;
}

Error<OptionsError> wrong(const QByteArray &text) { return {OptionsError::BadValue, text}; }

std::optional<Error<OptionsError>> faultOfUrl(const OwnArguments &read, DoctorRequest &request)
{
    if (auto fault = takeUrl(read, namesOf(optionRows()), "doctor", request.client.url))
        return fault;
    if (request.client.url.isEmpty())
        return Error<OptionsError>{OptionsError::MissingValue, "doctor needs a URL; doctor --help says more"};
    return std::nullopt;
}

} // namespace

Result<DoctorRequest, OptionsError> readDoctor(const QStringList &arguments)
{
    const Rows rows = arguments.contains(u"--self"_s) ? selfRows() : optionRows();
    DoctorRequest request;
    const auto read = readOwn(rows, arguments, request);
    if (!read)
        return read.error();
    if (const auto fault = faultOfRepeats(rows, read.value()))
        return *fault;
    if (request.json && request.markdown)
        return wrong("--json does not go with --markdown");
    if (request.self) {
        request.serveOptions = read.value().rest;
        return request;
    }
    const auto fault = faultOfUrl(read.value(), request);
    return fault ? Result<DoctorRequest, OptionsError>(*fault) : request;
}

DoctorReport reportOf(const DoctorRequest &request)
{
    return {.kind = request.json   ? DoctorReport::Kind::Json
                : request.markdown ? DoctorReport::Kind::Markdown
                                   : DoctorReport::Kind::Text};
}

qint64 idleMsOf(const DoctorRequest &request, qint64 usual)
{
    return request.idle < 0 ? usual : qint64(request.idle) * 1000;
}

Result<DoctorOrder, OptionsError> orderOf(const DoctorRequest &request)
{
    const auto client = clientOf(request.client);
    if (!client)
        return client.error();
    TestClientOptions elsewhere = client.value();
    elsewhere.url = QUrl(u"ws://localhost"_s);
    if (const auto fault = faultIn(elsewhere))
        return *fault;
    DoctorOrder order;
    order.client = client.value();
    order.token = tokenOf(request.client).value();
    order.idleMs = idleMsOf(request, order.idleMs);
    return order;
}

QByteArray doctorHelp()
{
    QString text =
        u"glasshouse doctor URL [options]             finds out why a WebSocket does not connect, or how well it does\n"
        "glasshouse doctor --self [serve options]    examines our own server, as programs and phones find it\n"_s;
    for (const auto &option : optionRows())
        text += helpLine(option, helpWidth);
    return text.toUtf8()
        + "  glasshouse doctor localhost:8080/echo --idle 0\n"
          "It makes some dozens of connections. Ctrl+C ends what it does, and it says what it found until then.\n"
          "Exit code: 0 it works, 1 ill, 2 wrong usage, 130 interrupted.\n";
}

} // namespace glasshouse
