// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/sampler.h"

#include <QJsonDocument>

namespace glasshouse {

Sampler::Sampler(Recorder &recorder, std::function<Sample()> look, int intervalMs)
    : m_recorder(recorder),
      m_look(std::move(look))
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(intervalMs);
    m_timer.callOnTimeout([this] { write(); });
}

void Sampler::write()
{
    if (!m_recorder.isOn())
        return;
    QJsonObject sample = sampleObject(m_look());
    const QJsonValue busy = sample.take(sampleBusyKey);
    if (sample == m_last)
        return;
    m_last = sample;
    sample.insert(sampleBusyKey, busy);
    m_writes = true;
    m_recorder.event({}, EventKind::Sample, QJsonDocument(sample).toJson(QJsonDocument::Compact));
    m_recorder.flush(); // or nobody would say that rows follow it
    m_writes = false;
}

} // namespace glasshouse
