// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>

namespace glasshouse {

/// The QR code (ISO/IEC 18004) of a text: one pixel a module, black on white, without its quiet zone. Null if there is no
/// text, or more than a code holds.
[[nodiscard]] QImage qrCode(const QString &text);

/// A QR code that cameras like: black on white whatever the palette says, the whole quiet zone around it, every module the
/// same whole number of the screen's pixels. As large as its place allows.
class QrPicture final : public QWidget
{
    Q_OBJECT
public:
    static constexpr int quietModules = 4; ///< on each side

    explicit QrPicture(QWidget *parent = nullptr);

    /// Nothing is painted without a text.
    void setText(const QString &text);
    [[nodiscard]] const QString &text() const { return m_text; }
    /// Side of one module in pixels of the screen; 0: there is no code, or no place for it.
    [[nodiscard]] int modulePixels() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    QImage m_code;
};

} // namespace glasshouse
