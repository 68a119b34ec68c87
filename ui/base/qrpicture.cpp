// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/qrpicture.h"

#include <QPainter>
#include <qrcodegen.hpp>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr int mostBytes = 2331; // of the largest code with medium error correction; beyond it the library throws

} // namespace

QImage qrCode(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    if (bytes.isEmpty() || bytes.size() > mostBytes)
        return {};
    const auto code = qrcodegen::QrCode::encodeText(bytes.constData(), qrcodegen::QrCode::Ecc::MEDIUM);
    QImage image(code.getSize(), code.getSize(), QImage::Format_RGB32);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            image.setPixel(x, y, code.getModule(x, y) ? 0xff000000 : 0xffffffff);
    }
    return image;
}

QrPicture::QrPicture(QWidget *parent) : QWidget(parent) { }

void QrPicture::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    m_code = qrCode(text);
    setAccessibleName(m_code.isNull() ? QString() : tr("QR code of %1").arg(text));
    update();
}

int QrPicture::modulePixels() const
{
    const int side = int(std::min(width(), height()) * devicePixelRatioF());
    return m_code.isNull() ? 0 : side / (m_code.width() + 2 * quietModules);
}

void QrPicture::paintEvent(QPaintEvent *)
{
    const int module = modulePixels();
    if (module == 0)
        return;
    const qreal ratio = devicePixelRatioF();
    const int inner = m_code.width() * module;
    const int side = inner + 2 * quietModules * module;
    const QPoint corner((int(width() * ratio) - side) / 2, (int(height() * ratio) - side) / 2);
    QPainter painter(this);
    painter.scale(1 / ratio, 1 / ratio); // from here on in pixels of the screen
    painter.fillRect(QRect(corner, QSize(side, side)), Qt::white);
    const QPoint first = corner + QPoint(quietModules * module, quietModules * module);
    painter.drawImage(QRect(first, QSize(inner, inner)), m_code);
}

} // namespace glasshouse
