// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLineEdit;

namespace glasshouse {

/// The name of a file, typed or chosen.
class FileField final : public QWidget
{
    Q_OBJECT
public:
    /// `empty` stands there where nothing does.
    FileField(const QString &name, const QString &empty, const QString &tip, QWidget *parent = nullptr);

    [[nodiscard]] QString path() const;
    void setPath(const QString &path);

private:
    QLineEdit *m_path;
};

} // namespace glasshouse
