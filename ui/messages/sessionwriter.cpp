// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/sessionwriter.h"

#include "server/capture/capturestore.h"
#include "server/capture/packedrows.h"
#include "ui/messages/messagerows.h"
#include "ui/messages/rowsecrets.h"

#include <QCoreApplication>
#include <QDir>

namespace glasshouse {
namespace {

constexpr quint32 mostRows = 1'000; // of a block
constexpr qsizetype mostBytes = qsizetype(512) * 1024;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(SessionWriter)
};

/// Fills blocks, and waits for the disk after each: nothing is left out.
class Blocks
{
public:
    explicit Blocks(CaptureStore &store) : m_store(store) { }

    /// False: it can not be written.
    bool add(const CapturedRow &row)
    {
        FrameRecord record = row.record;
        record.flags = quint8(record.flags & ~RecordSequenced); // its payload is whole
        record.payloadOffset = quint32(m_payloads.size());
        record.storedLength = quint32(row.payload.size());
        record.type = isText(record) ? m_rows.types().of(row.payload) : quint16(MessageTypes::unknown);
        m_payloads += row.payload;
        m_rows.add(record);
        return (m_rows.count() < mostRows && m_payloads.size() < mostBytes) || flush();
    }

    bool flush()
    {
        if (m_rows.count() > 0) {
            CaptureBatch batch = m_rows.take();
            batch.payloads = std::exchange(m_payloads, {});
            m_store.append(std::move(batch));
            m_store.flush();
        }
        return !m_store.stats().failed;
    }

private:
    CaptureStore &m_store;
    RowPacker m_rows;
    QByteArray m_payloads;
};

} // namespace

QString writeSession(const QString &folder, const SearchableRows &rows, const RowSet &numbers,
                     const std::atomic<bool> &stop, const QByteArrayList &secrets)
{
    const QDir dir(folder);
    if (dir.exists() && !dir.isEmpty())
        return Words::tr("There is something in that folder already.");
    CaptureStore store;
    CaptureOptions options;
    options.directory = folder;
    options.budgetBytes = 0;
    if (const auto created = store.create(options); !created)
        return QString::fromUtf8(created.error().text);
    Blocks blocks(store);
    bool isFine = true;
    forEachMessage(rows, numbers, [&](const CapturedRow &row) {
        CapturedRow shown = withoutSecrets(row, secrets);
        if (shown.payload != row.payload)
            shown.record.flags |= RecordRedacted;
        isFine = blocks.add(shown) && !stop;
        return isFine;
    });
    isFine = isFine && blocks.flush();
    const QString fault = store.stats().errorText;
    store.close();
    if (isFine)
        return {};
    QDir(folder).removeRecursively(); // all that is in it is ours
    return fault.isEmpty() ? Words::tr("It was broken off.") : fault;
}

} // namespace glasshouse
