// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "match/jsonpath.h"
#include "server/capture/framerecord.h"
#include "ui/details/picture.h"
#include "ui/messages/background.h"

#include <QMenu>
#include <QStackedWidget>

namespace glasshouse {

class JsonTreeView;
class PictureView;
class TextPage;

/// What a message says, as what it is: JSON as a tree, a picture, anything else as a text. GUI thread.
class ContentPage final : public QStackedWidget
{
    Q_OBJECT
public:
    explicit ContentPage(QWidget *parent = nullptr);

    /// `safe`: the row without its secrets.
    void show(const CapturedRow &row, const CapturedRow &safe);
    void clear();
    /// What there is to read, wherever it shows.
    [[nodiscard]] QString text() const;

signals:
    /// Somebody wants to see what stands there in every message.
    void columnWanted(const glasshouse::JsonPath &path);
    /// See JsonTreeView.
    void menuFilled(QMenu *menu, const glasshouse::JsonPath &path);

private:
    JsonTreeView *m_tree;
    TextPage *m_text;
    PictureView *m_picture;
    Background<Picture> m_reading;

    void readPictureOf(const CapturedRow &row);
    void takePicture(const Picture &picture);
};

} // namespace glasshouse
