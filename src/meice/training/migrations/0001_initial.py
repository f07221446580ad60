import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from meice.kernel.tables import Tables


class Migration(Tables):

    initial = True

    dependencies = [
        ('files', '0001_initial'),
        ('orgs', '0001_initial'),
        ('orgs', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='TrainingTopic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='主题')),
                ('roles', models.JSONField(default=list, verbose_name='谁要参加')),
                ('months', models.PositiveSmallIntegerField(default=12, verbose_name='多少个月内有效')),
                ('retired_at', models.DateTimeField(blank=True, null=True, verbose_name='不再要求')),
            ],
            options={
                'verbose_name': '培训主题',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='topic_has_a_name'), models.CheckConstraint(condition=models.Q(('months__range', (0, 120))), name='topic_ten_years')],
            },
        ),
        migrations.CreateModel(
            name='TrainingSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='名称')),
                ('unit_path', models.CharField(db_index=True, editable=False, max_length=255)),
                ('roles', models.JSONField(default=list, verbose_name='谁要参加')),
                ('starts_at', models.DateTimeField(db_index=True, verbose_name='时间')),
                ('place', models.CharField(blank=True, max_length=120, verbose_name='地点')),
                ('link', models.CharField(blank=True, max_length=500, verbose_name='线上地址')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='说明')),
                ('status', models.CharField(choices=[('planned', '待举办'), ('held', '已举办'), ('cancelled', '已取消')], default='planned', max_length=9)),
                ('made_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit', verbose_name='参加单位')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit', verbose_name='举办单位')),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='training.trainingtopic', verbose_name='主题')),
            ],
            options={
                'verbose_name': '培训',
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='session_has_a_title'), models.CheckConstraint(condition=models.Q(('status__in', ['planned', 'held', 'cancelled'])), name='session_status_known'), models.CheckConstraint(condition=models.Q(models.Q(('place', ''), _negated=True), models.Q(('link', ''), _negated=True), _connector='OR'), name='session_is_somewhere')],
            },
        ),
        migrations.CreateModel(
            name='SessionEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(max_length=20)),
                ('at', models.DateTimeField()),
                ('by_name', models.CharField(blank=True, max_length=60)),
                ('by_unit', models.CharField(blank=True, max_length=100)),
                ('note', models.TextField(blank=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='training.trainingsession')),
            ],
            options={
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Material',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='materials', to='training.trainingsession')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('unit_path', models.CharField(db_index=True, editable=False, max_length=255)),
                ('name', models.CharField(max_length=120, verbose_name='证书')),
                ('number', models.CharField(blank=True, max_length=80, verbose_name='编号')),
                ('issuer', models.CharField(blank=True, max_length=120, verbose_name='发证单位')),
                ('issued_on', models.DateField(verbose_name='发证日期')),
                ('valid_until', models.DateField(blank=True, db_index=True, null=True, verbose_name='有效期至')),
                ('told_by', models.CharField(max_length=60, verbose_name='登记人')),
                ('added_at', models.DateTimeField()),
                ('dropped_at', models.DateTimeField(blank=True, null=True)),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile', verbose_name='证明')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit', verbose_name='单位')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='持有人')),
                ('topic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='training.trainingtopic', verbose_name='主题')),
            ],
            options={
                'verbose_name': '培训证书',
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='certificate_has_a_name'), models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('issued_on')), _connector='OR'), name='certificate_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='CertificateReminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rung', models.PositiveSmallIntegerField()),
                ('due_on', models.DateField()),
                ('at', models.DateTimeField()),
                ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='training.certificate')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('certificate', 'rung', 'due_on'), name='certificate_reminded_once')],
            },
        ),
        migrations.CreateModel(
            name='AttendanceIntake',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('preview', '待核对'), ('applied', '已导入'), ('dropped', '已放弃')], default='preview', max_length=8)),
                ('made_at', models.DateTimeField()),
                ('file_name', models.CharField(max_length=255)),
                ('head_row', models.PositiveIntegerField()),
                ('grid', models.JSONField(default=list)),
                ('mapping', models.JSONField(default=dict)),
                ('changed', models.PositiveIntegerField(default=0)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='intakes', to='training.trainingsession')),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['preview', 'applied', 'dropped'])), name='attendance_intake_status_known')],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='姓名')),
                ('unit_name', models.CharField(max_length=100, verbose_name='单位')),
                ('presence', models.CharField(choices=[('expected', '未登记'), ('present', '到会'), ('absent', '缺席'), ('excused', '请假')], default='expected', max_length=8)),
                ('marked_by', models.CharField(blank=True, max_length=60)),
                ('is_besides', models.BooleanField(default=False, verbose_name='另加的人')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='training.trainingsession')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('session', 'user'), name='asked_once_to_a_session'), models.CheckConstraint(condition=models.Q(('presence__in', ['expected', 'present', 'absent', 'excused'])), name='presence_known')],
            },
        ),
    ]
